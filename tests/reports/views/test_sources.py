from datetime import date

import pytest

from admissions import workflow
from admissions.models import Dossier
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def proposed(district, what="class", branch=None, **person):
    row = factories.dossier(branch or district.rural, district.staff, person=factories.candidate(**person))
    facts = {"what": what, "number": "03-NQ/CB", "reason": "đi làm xa"}
    workflow.perform(row, "propose_source", by=district.staff, on=date(2017, 2, 14), **facts)
    return row


def answers(*rows, **typed):
    data = {"on": "27/02/2017", "number": "05-NQ/ĐU"}
    for row in rows:
        data |= {f"answer-{row.pk}": "agree", f"reason-{row.pk}": "", f"version-{row.pk}": row.version}
    return data | typed


def send(client, district, data):
    return client.post(f"/nguon/y-kien/?don-vi={district.home.pk}", data)


def test_the_page_shows_the_proposals_the_quotas_and_the_people(client, district):
    proposed(district)
    client.force_login(district.commune)
    words = markup(client.get("/nguon/"))
    for part in (
        "chờ cấp ủy cơ sở: 1",
        "Cử học lớp nhận thức",
        "Nghị quyết chi bộ 03-NQ/CB, 14/02/2017",
        "Sản xuất",
    ):
        assert part in words
    assert "Ghi ý kiến cấp ủy · 1 đề nghị" in words


def test_answers_are_recorded_and_the_list_shows_what_is_left(client, district):
    row, kept = proposed(district), proposed(district, "procedure")
    client.force_login(district.commune)
    keep = {f"answer-{kept.pk}": "keep", f"reason-{kept.pk}": "xét lại tháng 3"}
    answer = send(client, district, answers(row, kept, **keep))
    assert answer.status_code == 302
    rows = Dossier.objects.in_bulk()
    assert rows[row.pk].class_agreed_on == date(2017, 2, 27)
    assert rows[kept.pk].events.last().facts["reason"] == "xét lại tháng 3"
    assert "Đã ghi 2 ý kiến." in markup(client.get(answer["Location"]))


def test_one_that_changed_meanwhile_is_shown_again_with_what_was_typed(client, district):
    row, stale = proposed(district), proposed(district, full_name="Trần Thị Hai")
    client.force_login(district.commune)
    typed = {f"answer-{stale.pk}": "keep", f"reason-{stale.pk}": "xét lại", f"version-{stale.pk}": 0}
    answer = send(client, district, answers(row, stale, **typed))
    words = markup(answer)
    assert answer.status_code == 422
    assert "Đã ghi 1 ý kiến." in words
    assert "Trần Thị Hai: Hồ sơ vừa có người ghi thêm." in words
    assert 'value="xét lại"' in words
    assert Dossier.objects.get(pk=row.pk).proposal == ""
    assert Dossier.objects.get(pk=stale.pk).proposal == "class"


def test_keeping_someone_needs_a_reason_and_then_nothing_is_recorded(client, district):
    row = proposed(district)
    client.force_login(district.commune)
    answer = send(client, district, answers(row, **{f"answer-{row.pk}": "keep"}))
    assert answer.status_code == 422
    assert "Ghi lý do chưa đồng ý." in markup(answer)
    assert Dossier.objects.get(pk=row.pk).proposal == "class"


def test_left_for_later_is_no_answer(client, district):
    row = proposed(district)
    client.force_login(district.commune)
    assert send(client, district, answers(row, **{f"answer-{row.pk}": "later"})).status_code == 302
    assert Dossier.objects.get(pk=row.pk).proposal == "class"


@pytest.mark.parametrize(("who", "status"), [("branch", 404), ("leader", 403), ("admin", 403)])
def test_others_do_not_answer(client, district, who, status):
    row = proposed(district)
    client.force_login(getattr(district, who))
    assert send(client, district, answers(row)).status_code == status
    words = markup(client.get("/nguon/"))
    assert "Ghi ý kiến cấp ủy" not in words


def test_another_day_shows_who_was_on_the_list_and_asks_nothing(client, district):
    proposed(district)
    client.force_login(district.commune)
    words = markup(client.get("/nguon/?ngay=31/12/2016"))
    assert "tính đến 31/12/2016" in words
    assert "Đỗ Thị Thanh Bình" in words
    assert "Ý kiến cấp ủy" not in words
    assert "không phải là ngày" in markup(client.get("/nguon/?ngay=hôm qua"))
    assert "chưa tới" in markup(client.get("/nguon/?ngay=01/01/2020"))
    assert client.get("/nguon/?loc=khac").status_code == 404


def test_nobody_of_another_commune_is_shown(client, district):
    proposed(district, branch=district.far, full_name="Người Xã Khác")
    client.force_login(district.commune)
    for url in ("/nguon/", "/nguon/?ngay=31/12/2016", "/nguon/giup-do/"):
        assert "Người Xã Khác" not in markup(client.get(url))


def test_a_helper_has_a_page_with_those_helped_before(client, district):
    row = factories.dossier(district.rural, district.staff)
    facts = {"helper": "Lê Văn Mới", "reason": "chuyển công tác"}
    workflow.perform(row, "change_helper", by=district.staff, on=date(2016, 5, 4), **facts)
    client.force_login(district.commune)
    now = markup(client.get("/nguon/giup-do/", {"ten": "Lê Văn Mới"}))
    assert "từ 04/05/2016" in now and "đ/c Nguyễn Văn Thực thôi giúp 04/05/2016, chưa nhận xét" in now
    before = markup(client.get("/nguon/giup-do/", {"ten": "Nguyễn Văn Thực"}))
    assert "từ 12/03/2015 đến 04/05/2016" in before
    assert client.get("/nguon/giup-do/", {"ten": "Không Ai"}).status_code == 404
    assert client.get("/nguon/giup-do/", {"loc": "khac"}).status_code == 404


def test_the_list_is_printed_and_fetched_as_a_companion_list(client, district):
    proposed(district, full_name="Người Trong Danh Sách")
    proposed(district, branch=district.far, full_name="Người Xã Khác")
    client.force_login(district.commune)
    words = markup(client.get("/bao-cao/danh-sach/?loai=nguon&ky=2017"))
    assert "Người Trong Danh Sách" in words and "Chưa cử học" in words
    assert "Người Xã Khác" not in words


def test_what_was_proposed_and_remarked_is_corrected_by_one_person_with_a_reason(client, district):
    row = proposed(district)
    workflow.perform(
        row,
        "remark_helper",
        by=district.staff,
        on=date(2017, 2, 20),
        helper="Nguyễn Văn Thực",
        text="chăm chỉ",
    )
    client.force_login(district.branch)
    for no, typed in ((2, {"what": "procedure"}), (3, {"text": "chăm chỉ, gương mẫu"})):
        event = row.events.get(no=no)
        draft = workflow.draft_correction(row, workflow.find_act(row, no), typed)
        assert not draft.takes_two
        page = client.get(f"{row.get_absolute_url()}sua-viec/{event.no}/")
        assert page.status_code == 200
        workflow.ask_correction(draft, by=district.branch, reason="ghi nhầm")
        row = Dossier.objects.get(pk=row.pk)
    assert row.proposal == "procedure"
    assert "chăm chỉ, gương mẫu" in markup(client.get(row.get_absolute_url()))
