"""The pages of a visit as its team, its follower and its unit use them."""

from datetime import date

import pytest

from accounts.models import Activity
from admissions.letters.word import CONTENT_TYPE
from oversight.models import Task, Visit
from tests import factories
from tests.markup import markup
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db


def written(visit, **changed):
    """The visit's form as its page sends it."""
    data = {
        "version": visit.version,
        "strengths": "Rà soát đủ.",
        "sources": "Chưa có nguồn nữ.\nĐoàn xã chưa giới thiệu ai.",
        "causes": "Thanh niên đi làm xa.",
        "number": "02-TB/TCT3",
    }
    for n in range(2):
        data |= {f"k{n}-what": "", f"k{n}-who": "", f"k{n}-unit": visit.unit_id, f"k{n}-before": ""}
    data |= {"k0-what": "Nêu 1 nguồn nữ", "k0-who": "Bí thư chi bộ", "k0-before": "31/03/2017"}
    return data | changed


def test_a_member_arranges_and_holds_a_visit(client, district, oversight):
    client.force_login(oversight.member)
    page = markup(client.get("/theo-doi/buoi/"))
    assert "chưa hẹn:" in page and "Trung Nguyên" in page
    sent = {"unit": district.rural.pk, "on": "24/02/2017", "who": f"team:{oversight.team.pk}"}
    assert client.post("/theo-doi/buoi/hen/", sent).status_code == 302
    visit = Visit.objects.get()
    held = {"version": 0, "on": "24/02/2017", "met": "Bí thư", "members": "27", "present": "28"}
    page = client.post(f"/theo-doi/buoi/{visit.pk}/du/", held)
    assert page.status_code == 422 and "nhiều hơn số đảng viên 27" in markup(page)
    assert 'value="28"' in markup(page)
    assert client.post(f"/theo-doi/buoi/{visit.pk}/du/", held | {"present": "23"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.held_on, visit.present, visit.kind) == (date(2017, 2, 24), 23, "branch")
    assert "đã dự 1 trên 1 đơn vị" in markup(client.get("/theo-doi/buoi/"))


def test_nobody_arranges_in_anothers_name(client, district, oversight):
    client.force_login(oversight.follower)
    sent = {"unit": district.rural.pk, "on": "24/02/2017", "who": f"team:{oversight.team.pk}"}
    assert client.post("/theo-doi/buoi/hen/", sent).status_code == 422
    sent["unit"] = district.far.pk
    page = client.post("/theo-doi/buoi/hen/", sent | {"who": f"user:{oversight.follower.pk}"})
    assert page.status_code == 422 and "Chọn một dòng trong danh sách." in markup(page)
    assert not Visit.objects.exists()


def test_the_head_writes_down_and_signs_in_one_go(client, oversight, visit):
    client.force_login(oversight.head)
    address = f"/theo-doi/buoi/{visit.pk}/"
    assert client.post(address, written(visit)).status_code == 302
    visit.refresh_from_db()
    assert not visit.signed_on and len(visit.conclusions) == 1
    assert client.post(address, written(visit, ky="1")).status_code == 302
    visit.refresh_from_db()
    assert (visit.signed_by, visit.conclusion_number) == (oversight.head, "02-TB/TCT3")
    assert visit.shortcomings.count() == 2 and Task.objects.get().before == date(2017, 3, 31)
    page = markup(client.get(address))
    assert "trước ngày 31/03/2017" in page and "Không có thiếu sót." in page
    assert client.post(address, written(visit)).status_code == 403
    client.post(f"{address}bo-sung/", {"words": "Đã trao đổi với Đoàn xã", "k0-unit": visit.unit_id})
    assert "Đã trao đổi với Đoàn xã" in markup(client.get(address))


def test_a_task_is_added_to_a_signed_conclusion_and_what_is_wrong_loses_nothing(client, oversight, visit):
    client.force_login(oversight.head)
    address = f"/theo-doi/buoi/{visit.pk}/"
    client.post(address, written(visit, ky="1"))
    task = {"k0-what": "Báo cáo lại", "k0-who": "", "k0-unit": visit.unit_id, "k0-before": "10/03/2017"}
    page = client.post(f"{address}bo-sung/", task | {"words": "Trao đổi thêm"})
    assert page.status_code == 422
    for words in ("Ghi ai làm.", "Báo cáo lại", "Trao đổi thêm", "10/03/2017"):
        assert words in markup(page)
    late = client.post(f"{address}bo-sung/", task | {"k0-who": "Chi ủy", "k0-before": "27/02/2017"})
    assert late.status_code == 422 and "không sau ngày giao việc" in markup(late)
    assert client.post(f"{address}bo-sung/", {"words": " ", "k0-unit": visit.unit_id}).status_code == 422
    assert Task.objects.filter(visit=visit).count() == 1 and not visit.additions.exists()
    assert client.post(f"{address}bo-sung/", task | {"k0-who": "Chi ủy"}).status_code == 302
    page = markup(client.get(address))
    assert "Giao thêm việc: Báo cáo lại" in page and "trước ngày 10/03/2017" in page
    assert Task.objects.filter(visit=visit).count() == 2


def test_what_is_wrong_loses_nothing(client, oversight, visit):
    client.force_login(oversight.head)
    wrong = written(visit, **{"k0-who": "", "k1-before": "31/02/2017", "ky": "1"})
    page = client.post(f"/theo-doi/buoi/{visit.pk}/", wrong)
    assert page.status_code == 422
    for words in ("Ghi ai làm.", "Nêu 1 nguồn nữ", "Chưa có nguồn nữ.", "31/02/2017"):
        assert words in markup(page)
    late = written(visit, **{"k0-before": "24/02/2017", "ky": "1"})
    assert "không sau ngày giao việc" in markup(client.post(f"/theo-doi/buoi/{visit.pk}/", late))
    assert not Task.objects.exists()
    assert Visit.objects.get().strengths == ""


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_what_was_typed(client, oversight, visit):
    client.force_login(oversight.member)
    client.post(f"/theo-doi/buoi/{visit.pk}/", written(visit, strengths="Của tổ viên."))
    client.force_login(oversight.head)
    page = client.post(f"/theo-doi/buoi/{visit.pk}/", written(visit, strengths="Của tổ trưởng."))
    assert page.status_code == 422
    for words in ("vừa có người ghi thêm", "Của tổ viên.", "Của tổ trưởng."):
        assert words in markup(page)


def test_the_next_visit_asks_of_the_tasks_and_puts_one_off(client, district, oversight, visit):
    client.force_login(oversight.head)
    client.post(f"/theo-doi/buoi/{visit.pk}/", written(visit, ky="1"))
    task = Task.objects.get()
    after = factories.held_visit(district.rural, oversight.team, oversight.head, on=date(2017, 2, 27))
    address = f"/theo-doi/buoi/{after.pk}/"
    assert "Việc của kết luận trước, 24/02/2017" in markup(client.get(address))
    said = {f"t{task.pk}-state": "doing", f"t{task.pk}-before": "30/04/2017", f"t{task.pk}-words": "Chờ Đoàn"}
    assert client.post(address, written(after, **said)).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.before, task.reports.get().visit) == ("doing", date(2017, 4, 30), after)
    after.refresh_from_db()
    said |= {f"t{task.pk}-state": "done", f"t{task.pk}-before": "30/05/2017"}
    page = client.post(address, written(after, strengths="Khác.", **said))
    assert page.status_code == 422 and "Việc đã xong thì không lùi ngày." in markup(page)
    after.refresh_from_db()
    assert after.strengths == "Rà soát đủ."


def test_the_unit_reads_the_findings_once_they_are_signed(client, district, oversight, visit):
    address = f"/theo-doi/buoi/{visit.pk}/"
    client.force_login(oversight.head)
    client.post(address, written(visit))
    visit.refresh_from_db()
    client.force_login(district.branch)
    assert "Chưa có nguồn nữ" not in markup(client.get(address))
    assert client.get(f"{address}thong-bao.docx").status_code == 403
    assert client.post(address, written(visit)).status_code == 403
    client.force_login(oversight.head)
    client.post(address, written(visit, ky="1"))
    client.force_login(district.branch)
    assert "Chưa có nguồn nữ" in markup(client.get(address))
    answer = client.get(f"{address}thong-bao.docx")
    assert answer["Content-Type"] == CONTENT_TYPE
    lines = lines_of_file(answer.content)
    assert "THÔNG BÁO KẾT LUẬN" in lines and "trước ngày 31/03/2017" in lines
    assert Activity.objects.filter(user=district.branch, action="fetch").exists()


def test_an_arrangement_is_moved_and_taken_back(client, district, oversight):
    client.force_login(oversight.head)
    sent = {"unit": district.home.pk, "on": "09/03/2017", "who": f"team:{oversight.team.pk}"}
    client.post("/theo-doi/buoi/hen/", sent)
    visit = Visit.objects.get()
    assert "Chưa có kết luận trước." in markup(client.get(f"/theo-doi/buoi/{visit.pk}/"))
    client.post(f"/theo-doi/buoi/{visit.pk}/doi/", {"version": 0, "on": "10/03/2017"})
    visit.refresh_from_db()
    assert visit.planned_on == date(2017, 3, 10)
    page = client.post(f"/theo-doi/buoi/{visit.pk}/doi/", {"version": 0, "bo": "1"}, follow=True)
    assert "vừa có người ghi thêm" in markup(page)
    client.post(f"/theo-doi/buoi/{visit.pk}/doi/", {"version": 1, "bo": "1"})
    assert not Visit.objects.exists()


@pytest.mark.parametrize("address", ["", "du/", "doi/", "bo-sung/"])
def test_what_lies_outside_ones_scope_is_not_there(client, district, oversight, visit, address):
    stranger = factories.user("xa-khac", "commune_committee", district.other)
    client.force_login(stranger)
    assert client.post(f"/theo-doi/buoi/{visit.pk}/{address}", {"version": 1}).status_code == 404
