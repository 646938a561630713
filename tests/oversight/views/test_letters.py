"""Pages of letters: the district asks, the commune answers, both see where it stands."""

import pytest

from oversight.models import ExplanationRequest, Task
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db
ANSWER = {
    "on": "06/02/2017",
    "carried_out": "Chưa kết nạp ai.",
    "causes": "Đoàn viên đi làm xa.",
    "still": "2",
    "measures": "Rà soát lại nguồn.",
    "what_0": "Rà soát nguồn",
    "who_0": "Chi ủy",
    "before_0": "01/03/2017",
}


@pytest.fixture
def asked(staff, district):
    factories.quota(district.home, periods.year_period(2016), 3)
    typed = {"units": [district.home.pk], "number": "45-CV/BTC", "on": "16/01/2017", "due": "10/02/2017"}
    response = staff.post("/theo-doi/giai-trinh/moi/?ky=2016", typed)
    assert response.status_code == 302
    return ExplanationRequest.objects.get()


def test_a_late_letter_is_late_until_it_is_answered(staff, client, district, asked):
    assert "quá hạn 17 ngày" in staff.get("/theo-doi/giai-trinh/?nhom=qua-han").content.decode()
    client.force_login(district.commune)
    response = client.post(f"/theo-doi/giai-trinh/{asked.pk}/", ANSWER)
    assert response.status_code == 302
    page = client.get(f"/theo-doi/giai-trinh/{asked.pk}/").content.decode()
    assert "Đoàn viên đi làm xa." in page
    assert Task.objects.get().unit == district.home
    assert client.get("/theo-doi/giai-trinh/?nhom=x").status_code == 404


def test_an_answer_with_a_gap_among_its_milestones_keeps_what_was_typed(client, district, asked):
    client.force_login(district.commune)
    typed = ANSWER | {"what_0": "", "who_0": "", "before_0": "", "what_1": "Mở lớp"}
    response = client.post(f"/theo-doi/giai-trinh/{asked.pk}/", typed)
    assert response.status_code == 422
    assert "không bỏ dòng trống ở giữa" in response.content.decode()
    assert "Đoàn viên đi làm xa." in response.content.decode()


def test_the_same_answer_twice_is_said_to_be_there(client, district, asked):
    client.force_login(district.commune)
    client.post(f"/theo-doi/giai-trinh/{asked.pk}/", ANSWER)
    response = client.post(f"/theo-doi/giai-trinh/{asked.pk}/", ANSWER)
    assert response.status_code == 422
    assert "Đơn vị đã trả lời công văn này." in response.content.decode()


def test_a_branch_reads_the_letters_of_its_scope_only(client, district, asked):
    client.force_login(district.branch)
    assert client.get(f"/theo-doi/giai-trinh/{asked.pk}/").status_code == 404
    assert client.get("/theo-doi/giai-trinh/moi/").status_code == 403


def test_nothing_ticked_is_said_at_once(staff, district, asked):
    typed = {"number": "46-CV/BTC", "on": "16/01/2017", "due": "10/02/2017"}
    response = staff.post("/theo-doi/giai-trinh/moi/?ky=2016", typed)
    assert response.status_code == 422
    assert "Chọn ít nhất một đơn vị." in response.content.decode()
