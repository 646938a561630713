"""The screen of a meeting."""

from datetime import date

import pytest

from accounts.roles import Role
from admissions import workflow
from admissions.models import Meeting
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db


def screen(district, **typed):
    data = {"held_on": "24/02/2017", "number": "07-NQ/CB", "members": 41, "away": 2, "exempt": 1}
    return data | {"present": 35, "probationary": 0} | typed


def lines(rows, *typed):
    return {
        f"d{row.pk}-{name}": value
        for row, one in zip(rows, typed, strict=True)
        for name, value in {"version": row.version, **one}.items()
    }


def test_the_screen_records_without_any_script(client, district, three):
    client.force_login(district.branch)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35}, {"agree": 25}, {"outcome": "set_aside:", "reason": "vắng"})
    seen = client.post(url, screen(district, xem="1", **typed))
    assert seen.status_code == 200
    assert "3 × 35 = 105 ≥ 2 × 38 = 76" in markup(seen)
    assert Meeting.objects.count() == 0, "looked at, not recorded"
    answer = client.post(url, screen(district, **typed), follow=True)
    assert "Đã ghi biểu quyết 3 hồ sơ" in markup(answer)
    assert f"{three[0].get_absolute_url()}van-ban/6-KND/" in markup(answer), "its document is ready"
    assert f"{three[1].get_absolute_url()}van-ban/6-KND/" not in markup(answer), "it fell short"
    votes = Meeting.objects.get().votes.order_by("pk")
    assert [(vote.agree, vote.disagree) for vote in votes] == [(35, 0), (25, 10)], "the rest of those present"


def test_what_was_typed_stays_when_a_line_is_wrong(client, district, three):
    client.force_login(district.staff)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35, "disagree": 5}, {"agree": "x"}, {"outcome": "refer"})
    answer = client.post(url, screen(district, **typed))
    page = markup(answer)
    assert answer.status_code == 422
    assert "Ghi một số nguyên" in page
    assert "Cần ghi lý do" in page
    assert 'value="07-NQ/CB"' in page
    typed = lines(three, {"agree": 35, "disagree": 5}, {}, {})
    answer = client.post(url, screen(district, **typed))
    assert "35 + 5 = 40 &gt; 35 có mặt" in markup(answer)
    assert Meeting.objects.count() == 0


def test_nobody_records_a_meeting_of_a_unit_that_is_not_theirs(client, district):
    client.force_login(district.branch)
    for unit, body in ((district.far, "branch"), (district.home, "base"), (district.rural, "base")):
        assert client.get(f"/ho-so/hop/moi/{unit.pk}/{body}/").status_code == 404
    section = factories.user("thu", Role.BRANCH_COMMITTEE, district.school)
    client.force_login(section)
    assert client.get(f"/ho-so/hop/moi/{district.school.pk}/branch/").status_code == 200


def test_the_check_page_names_who_passes_under_which_number_and_by_when(client, district, three):
    client.force_login(district.branch)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35}, {"agree": 25}, {"outcome": "set_aside:", "reason": "vắng"})
    answer = client.post(url, screen(district, xem="1", **typed))
    groups = {str(words): [row for row, _limit in rows] for _mark, words, rows in answer.context["groups"]}
    assert {words: [row.dossier.pk for row in rows] for words, rows in groups.items()} == {
        "Đạt": [three[0].pk],
        "Chưa đạt": [three[1].pk],
        "Cuộc họp để lại": [three[2].pk],
    }
    page = markup(answer)
    assert "07-NQ/CB" in page
    assert "24/05/2017" in page, "60 working days from 24/02/2017 without 06/04, 01/05 and 02/05"
    assert f'name="d{three[0].pk}-agree" value="35"' in page, "what was typed goes along"
    back = client.post(url, screen(district, sua="1", **typed))
    assert 'value="35"' in markup(back)
    assert "data-ballot" in markup(back)


def test_a_fault_is_told_before_the_check_page(client, district, three):
    client.force_login(district.branch)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35, "disagree": 5}, {}, {})
    answer = client.post(url, screen(district, xem="1", **typed))
    assert answer.status_code == 422
    assert "35 + 5 = 40 &gt; 35 có mặt" in markup(answer)


def test_the_page_of_a_meeting_lists_all_it_took_up_with_chair_and_secretary(client, district, three):
    client.force_login(district.branch)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35}, {"agree": 25}, {"outcome": "set_aside:", "reason": "chờ thẩm tra"})
    people = {"chair": "Phạm Văn Chủ", "secretary": "Lê Thị Ghi", "manner": "cards"}
    page = markup(client.post(url, screen(district, **people, **typed), follow=True))
    for row in three:
        assert row.candidate.full_name in page
    for words in ("Phạm Văn Chủ", "Lê Thị Ghi", "Giơ thẻ đảng viên", "chờ thẩm tra", "BIÊN BẢN", "THƯ KÝ"):
        assert words in page
    assert "3 hồ sơ" in markup(client.get("/ho-so/hop/"))


def test_the_counts_come_before_the_dossiers_and_the_cursor_starts_there(client, district, three):
    client.force_login(district.branch)
    page = markup(client.get(f"/ho-so/hop/moi/{district.rural.pk}/branch/"))
    members = page.index('name="members"')
    assert "autofocus" in page[members - 200 : members + 200]
    assert members < page.index(f'name="d{three[2].pk}-agree"')


def test_a_meeting_without_dossiers_is_one_sentence(client, district):
    client.force_login(district.branch)
    page = markup(client.get(f"/ho-so/hop/moi/{district.rural.pk}/branch/"))
    assert "Không có hồ sơ nào chờ cuộc họp này." in page
    assert "ballot.js" not in page
    assert 'name="members"' not in page


def test_the_standing_committee_stands_first_and_branches_fold_by_base(client, district, three):
    reach(factories.dossier(district.far, district.staff), State.AWAITING, district.staff)
    reach(factories.dossier(district.far, district.staff), State.RESOLVED, district.staff)
    client.force_login(district.staff)
    page = markup(client.get("/ho-so/hop/"))
    order = [
        page.index(f"/ho-so/hop/moi/{unit.pk}/{body}/")
        for unit, body in (
            (district.root, "standing"),
            (district.other, "base"),
            (district.rural, "branch"),
        )
    ]
    assert order == sorted(order)
    assert "<summary>Đảng bộ xã Trung Nguyên" in page


def test_a_line_that_went_stale_says_so_keeps_its_votes_and_can_be_sent_again(client, district, three):
    client.force_login(district.staff)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35}, {"agree": 34}, {"agree": 33})
    workflow.record_papers(three[1], {}, by=district.commune)
    answer = client.post(url, screen(district, **typed))
    page = markup(answer)
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert page.count("vừa có người ghi thêm") >= 1
    assert 'value="34"' in page
    typed[f"d{three[1].pk}-version"] = three[1].version
    assert client.post(url, screen(district, **typed)).status_code == 302
    assert Meeting.objects.get().votes.count() == 3


def test_a_dossier_that_no_longer_waits_is_named_and_not_dropped_unseen(client, district, three):
    client.force_login(district.staff)
    url = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    typed = lines(three, {"agree": 35}, {"agree": 34}, {"agree": 33})
    workflow.perform(three[2], "withdraw", by=district.commune, on=date(2017, 2, 20), reason="xin thôi")
    answer = client.post(url, screen(district, **typed))
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert f"{three[2].number} {three[2].candidate.full_name} không còn chờ cuộc họp này" in markup(answer)
    rest = {name: value for name, value in typed.items() if not name.startswith(f"d{three[2].pk}-")}
    assert client.post(url, screen(district, **rest)).status_code == 302


def test_how_many_votes_are_needed_is_said_once_the_members_are_typed(client, district, three):
    client.force_login(district.staff)
    address = f"/ho-so/hop/moi/{district.rural.pk}/branch/"
    assert "<span data-least hidden>Ít nhất<b data-need></b>.</span>" in markup(client.get(address))
