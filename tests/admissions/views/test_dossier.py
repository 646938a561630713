"""The page of a dossier, its acts and its papers."""

from datetime import date

import pytest
from django.test import Client

from admissions import workflow
from admissions.models import Dossier, Paper
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)


def test_what_cannot_be_pressed_says_why_and_leads_to_what_is_missing(client, district, row):
    client.force_login(district.staff)
    Paper.objects.filter(dossier=row, code="5-KND").update(had=False)
    page = markup(client.get(row.get_absolute_url()))
    assert '<a href="#papers">thiếu 1 giấy tờ (5-KNĐ)</a>' in page
    assert 'id="papers"' in page
    assert "6 / 7" in page
    assert "không có đảng ủy bộ phận" in page


def test_time_with_the_board_and_with_the_units_is_told_apart(client, district, row):
    client.force_login(district.staff)
    workflow.perform(row, "give_back", by=district.staff, on=date(2017, 1, 12), reason="thiếu dấu")
    workflow.perform(row, "receive", by=district.staff, on=date(2017, 2, 9))
    page = markup(client.get(row.get_absolute_url()))
    assert "Ở Ban Tổ chức 22 ngày làm việc, ở đơn vị bổ sung 15." in page


def test_the_dossier_page_tells_its_steps_its_clock_its_papers_and_its_vote(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    row.papers.filter(code="5-KND").update(had=False)
    page = markup(staff.get(row.get_absolute_url()))
    for words in (
        "07/03/2017",
        "còn 6 ngày làm việc",
        "60 ngày làm việc kể từ nghị quyết chi bộ 05/12/2016",
        "QĐ 29, điểm 4.3.1",
        "Chi bộ xét: đồng ý 15/18, đạt hai phần ba",
        "24 tuổi 4 tháng",
        "3 × 15 = 45 ≥ 2 × 18 = 36",
        "thiếu 1 giấy tờ (5-KNĐ)",
        "QĐ 29-QĐ/TW, 25/7/2016",
    ):
        assert words in page, words


def test_the_identity_number_is_masked_until_asked_for_and_the_asking_is_recorded(staff, form):
    staff.post("/ho-so/moi/", form)
    assert "135746902" not in markup(staff.get("/ho-so/2017/1/"))
    assert "135746902" in markup(staff.post("/ho-so/2017/1/so-dinh-danh/"))
    assert Dossier.objects.get().events.last().action == "reveal"


def test_an_act_is_done_from_its_page(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}viec/apply/"
    assert staff.get(url).status_code == 200
    staff.post(url, {"on": "15/08/2016", "version": row.version})
    row.refresh_from_db()
    assert (row.state, row.applied_on) == (State.PREPARING, date(2016, 8, 15))


def test_a_refused_act_keeps_what_was_typed_and_changes_nothing(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    url = f"{row.get_absolute_url()}viec/decide/"
    response = staff.post(url, {"on": "01/12/2016", "number": "31-QĐ/HU", "version": row.version})
    assert response.status_code == 422
    assert "01/12/2016 trước ngày 05/12/2016" in markup(response)
    assert 'value="31-QĐ/HU"' in markup(response)
    row.refresh_from_db()
    assert row.state == State.AWAITING


def test_six_of_ten_on_the_page(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch")
    ballot = {
        "on": "05/12/2016",
        "number": "14-NQ/CB",
        "members": 10,
        "excluded": 0,
        "present": 10,
        "agree": 6,
        "disagree": 4,
    }
    url, sent = f"{row.get_absolute_url()}viec/branch_agrees/", ballot | {"version": row.version}
    page = markup(staff.post(url, sent))
    assert "6 đồng ý trên 10, cần ít nhất 7: chưa đạt." in page
    assert "Chi bộ không đủ hai phần ba" in page
    assert "Không kết nạp" in page, "the state that would follow"
    row.refresh_from_db()
    assert row.state == State.PREPARING, "nothing is recorded yet"
    changed = staff.post(url, sent | {"sua-lai": "1"})
    assert 'value="14-NQ/CB"' in markup(changed), "what was typed comes back"
    assert staff.post(url, sent | {"xac-nhan": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.events.last().action) == (State.REFUSED, "branch_declines")


def test_a_vote_that_reaches_its_share_is_recorded_at_once_whatever_was_pressed(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch")
    ballot = {"on": "05/12/2016", "number": "14-NQ/CB", "members": 10, "excluded": 0}
    ballot |= {"present": 10, "agree": 7, "disagree": 3, "version": row.version}
    page = markup(staff.get(row.get_absolute_url()))
    assert "Ghi kết quả họp chi bộ" in page
    assert "branch_declines" not in page, "its outcome follows from the numbers"
    assert staff.post(f"{row.get_absolute_url()}viec/branch_agrees/", ballot).status_code == 302
    row.refresh_from_db()
    assert row.state == State.RESOLVED


def test_a_decision_is_shown_with_what_follows_before_it_is_recorded(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    url = f"{row.get_absolute_url()}viec/decide/"
    sent = {"on": "10/01/2017", "number": "31-QĐ/HU", "version": row.version}
    page = markup(staff.post(url, sent))
    assert "Xem trước. Chưa có gì được ghi." in page
    assert f"{district.root.title}, năm 2017" in page, "the figures that move"
    row.refresh_from_db()
    assert row.state == State.AWAITING
    assert staff.post(url, sent | {"xac-nhan": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_on) == (State.DECIDED, date(2017, 1, 10))


def test_a_second_click_on_the_same_page_is_told_so(staff, district):
    row = factories.dossier(district.rural, district.staff)
    data = {"on": "15/08/2016", "version": row.version}
    url = f"{row.get_absolute_url()}viec/apply/"
    staff.post(url, data)
    response = staff.post(url, data)
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.events.count() == 2


def test_an_act_one_has_no_right_to_is_forbidden(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    client.force_login(district.commune)
    assert client.get(f"{row.get_absolute_url()}viec/decide/").status_code == 403
    assert "Ghi quyết định kết nạp" not in markup(client.get(row.get_absolute_url()))


def test_papers_are_ticked_off_on_one_page(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}giay-to/"
    data = {
        "version": row.version,
        "CN-NTVD-had": "on",
        "CN-NTVD-number": "187/2015",
        "CN-NTVD-dated_on": "24/10/2015",
    }
    staff.post(url, data)
    row.refresh_from_db()
    assert row.certified_on == date(2015, 10, 24)
    assert row.papers.get(code="CN-NTVD").number == "187/2015"
    data["version"] = row.version
    response = staff.post(url, data | {"1-KND-had": "on", "1-KND-dated_on": "31/02/2016"})
    assert response.status_code == 422
    assert "tháng 2 có 29 ngày" in markup(response)
    assert 'value="31/02/2016"' in markup(response)
    response = staff.post(url, data | {"1-KND-had": "on", "1-KND-dated_on": "01/03/2017"})
    assert "01/03/2017 chưa tới" in markup(response)


def test_a_meeting_before_the_first_known_rules_is_refused_in_words(staff, district):
    row = reach(
        factories.dossier(district.rural, district.staff, listed_on=date(2010, 2, 1)),
        State.PREPARING,
        district.staff,
        apply=date(2010, 6, 1),
    )
    ballot = {
        "on": "05/12/2010",
        "number": "1",
        "members": 9,
        "excluded": 0,
        "present": 9,
        "agree": 9,
        "disagree": 0,
    }
    response = staff.post(f"{row.get_absolute_url()}viec/branch_agrees/", ballot | {"version": row.version})
    assert response.status_code == 422
    assert "Chưa có bộ quy định nào cho ngày 05/12/2010" in markup(response)


def test_a_certificate_needs_its_date_and_a_made_up_version_is_only_stale(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}giay-to/"
    response = staff.post(url, {"version": row.version, "CN-NTVD-had": "on"})
    assert "Cần ngày cấp" in markup(response)
    response = staff.post(url, {"version": "x", "1-KND-had": "on"})
    assert (response.status_code, row.papers.count()) == (422, 0)


def test_where_the_base_committee_has_proposed_the_decision_leads_on_and_names_what_is_missing(
    staff, district
):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    Dossier.objects.filter(pk=row.pk).update(probation_ends_on=date(2017, 2, 3))
    row.refresh_from_db()
    ballot = {"members": 18, "excluded": 0, "present": 18, "agree": 18, "disagree": 0}
    for action, day, number in (
        ("conversion_agreed", 10, "21-NQ/CB"),
        ("conversion_proposed", 13, "9-NQ/ĐU"),
    ):
        workflow.perform(row, action, by=district.staff, on=date(2017, 2, day), number=number, **ballot)
    page = markup(staff.get(row.get_absolute_url()))
    assert "Chưa ghi được<b>Ghi quyết định công nhận chính thức</b>" in page
    assert "thiếu 4 giấy tờ (CN-ĐVM, 10-KNĐ, 11-KNĐ, 12-KNĐ)" in page
    factories.have_papers(row, district.staff, "conversion", dated_on=date(2017, 2, 1))
    page = markup(staff.get(row.get_absolute_url()))
    assert f'href="{row.get_absolute_url()}viec/convert/"' in page


def test_a_returned_dossier_says_why_on_top_and_its_unit_sends_it_again(client, district, row):
    workflow.perform(row, "give_back", by=district.staff, on=date(2017, 1, 12), reason="thiếu dấu giáp lai")
    client.force_login(district.commune)
    page = markup(client.get(row.get_absolute_url()))
    assert page.index("trả lại ngày 12/01/2017: “thiếu dấu giáp lai”") < page.index('id="steps"')
    act = f"{row.get_absolute_url()}viec/send_again/"
    assert f'href="{act}"' in page
    client.post(act, {"on": "20/01/2017", "answer": "đã đóng dấu", "version": row.version})
    row.refresh_from_db()
    assert row.state == State.RESENT
    assert "thiếu dấu giáp lai”." not in markup(client.get(row.get_absolute_url())).split('id="steps"')[0]
    workflow.perform(row, "receive", by=district.staff, on=date(2017, 1, 23))
    assert row.state == State.APPRAISAL


def test_a_step_passed_without_its_paper_is_half_done_and_names_it(staff, row):
    Paper.objects.filter(dossier=row, code="3-KND").update(had=False)
    page = markup(staff.get(row.get_absolute_url()))
    assert 'href="#paper-3-KND">chưa có 3-KNĐ</a>' in page
    Paper.objects.filter(dossier=row, code="3-KND").update(had=True)
    assert "chưa có 3-KNĐ" not in markup(staff.get(row.get_absolute_url()))


def test_typing_a_number_says_that_the_paper_is_there(staff, row):
    Paper.objects.filter(dossier=row, code="5-KND").update(had=False)
    typed = {"version": row.version, "5-KND-number": "7", "5-KND-dated_on": "01/12/2016"}
    for paper in row.papers.exclude(code="5-KND"):
        typed |= {f"{paper.code}-had": "on" if paper.had else "", f"{paper.code}-number": paper.number}
        typed |= {f"{paper.code}-dated_on": paper.dated_on.strftime("%d/%m/%Y") if paper.dated_on else ""}
    assert staff.post(f"{row.get_absolute_url()}giay-to/", typed).status_code == 302
    assert row.papers.get(code="5-KND").had


def test_a_list_stays_a_list_after_an_act(staff, district):
    first, second, third = (
        factories.dossier(district.rural, district.staff, person=factories.candidate(full_name=name))
        for name in ("Lê Văn An", "Lê Văn Bình", "Lê Văn Chi")
    )
    query = "?ds=trang-thai%3Dlisted"
    page = markup(staff.get(second.get_absolute_url() + query))
    act = f"{second.get_absolute_url()}viec/apply/{query}"
    assert f'href="{act}"' in page
    response = staff.post(act, {"on": "15/08/2016", "version": second.version}, follow=True)
    page = markup(response)
    assert "Không còn trong danh sách vừa xem" in page
    assert f'href="{third.get_absolute_url()}{query}"' in page, "the one that came next"
    assert "Lê Văn An" not in page
    assert first.get_absolute_url() not in page


@pytest.fixture
def listed_page(client, district):
    """A dossier on the list whose pages one person has open, and another person's client."""
    client.force_login(district.staff)
    other = Client()
    other.force_login(district.commune)
    return factories.dossier(district.rural, district.staff), other


def test_a_stale_act_tells_what_happened_and_goes_on(client, district, listed_page):
    row, other = listed_page
    act = f"{row.get_absolute_url()}viec/apply/"
    edit = {"residence": "Thôn Lạc Trung", "version": row.version}
    assert other.post(f"{row.get_absolute_url()}sua/", edit).status_code == 302
    answer = client.post(act, {"on": "15/08/2016", "version": row.version})
    page = markup(answer)
    assert answer.status_code == 422
    assert "Trong lúc đồng chí ghi" in page
    assert "Nguyễn Văn Thử sửa Nơi ở hiện nay" in page
    assert 'value="15/08/2016"' in page
    version = answer.context["form"]["version"].value()
    assert client.post(act, {"on": "15/08/2016", "version": version}).status_code == 302


def test_a_stale_act_that_cannot_be_done_any_more_still_shows_what_was_typed(client, district, listed_page):
    row, other = listed_page
    reason = {"on": "20/02/2017", "reason": "đi làm xa, không liên lạc", "version": row.version}
    other.post(
        f"{row.get_absolute_url()}viec/withdraw/", reason | {"reason": "gia đình xin thôi", "xac-nhan": "1"}
    )
    answer = client.post(f"{row.get_absolute_url()}viec/withdraw/", reason)
    page = markup(answer)
    assert answer.status_code == 422
    assert "gia đình xin thôi" in page, "what the other one did"
    assert "đi làm xa, không liên lạc" in page, "what was typed here"


@pytest.mark.parametrize("ahead", [1, 7])
def test_a_forged_version_records_no_impossible_act(client, district, row, ahead):
    client.force_login(district.staff)
    act = f"{row.get_absolute_url()}viec/ask/"
    answer = client.post(act, {"on": "20/02/2017", "version": row.version + ahead})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == State.APPRAISAL


def test_of_two_who_record_papers_neither_loses_one(client, district, listed_page):
    row, other = listed_page
    url = f"{row.get_absolute_url()}giay-to/"
    page = client.get(url)
    sent = {"version": row.version, "read": page.context["read"]}
    theirs = {"1-KND-had": "on", "1-KND-number": "5", "1-KND-note": "bản chính"}
    mine = {
        "1-KND-note": "",
        "1-KND-had": "on",
        "1-KND-number": "6",
        "CN-NTVD-had": "on",
        "CN-NTVD-dated_on": "24/10/2015",
    }
    assert other.post(url, sent | theirs).status_code == 302
    answer = client.post(url, sent | mine)
    words = markup(answer)
    assert answer.status_code == 422
    assert words.count("vừa có người ghi thêm") == 1, "one fault is told once"
    assert "ghi “5”. Đồng chí ghi khác" in words
    assert "ghi “bản chính”; đã lấy vào đây" in words
    again = {"version": answer.context["dossier"].version, "read": answer.context["read"]}
    again |= mine | {"1-KND-note": "bản chính"}
    assert client.post(url, again).status_code == 302
    kept = {paper.code: (paper.number, paper.note) for paper in row.papers.all()}
    assert kept == {"1-KND": ("6", "bản chính"), "CN-NTVD": ("", "")}


def test_papers_that_are_not_sent_stay(client, district, listed_page):
    row, _other = listed_page
    url = f"{row.get_absolute_url()}giay-to/"
    client.post(url, {"version": row.version, "1-KND-had": "on", "1-KND-number": "5"})
    client.post(url, {"version": row.version + 1, "CN-NTVD-had": "on", "CN-NTVD-dated_on": "24/10/2015"})
    assert set(row.papers.filter(had=True).values_list("code", flat=True)) == {"1-KND", "CN-NTVD"}


def test_an_act_tells_all_that_is_wrong_at_once_each_at_its_field(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    Dossier.objects.filter(pk=row.pk).update(certified_on=None)
    row.candidate.born_on = date(1999, 8, 14)
    row.candidate.save()
    ballot = {"members": 18, "excluded": 0, "present": 16, "agree": 8, "disagree": 8, "number": "14-NQ/CB"}
    answer = staff.post(
        f"{row.get_absolute_url()}viec/branch_agrees/",
        ballot | {"on": "05/12/2016", "version": row.version},
    )
    page, errors = markup(answer), answer.context["form"].errors
    assert "Chưa đủ 18 tuổi" in errors["on"][0]
    assert "Chưa ghi giấy chứng nhận" in errors["__all__"][0]
    assert f'<a href="{row.get_absolute_url()}giay-to/">Ghi giấy tờ</a>' in page
    assert "Chưa lưu được: có 2 chỗ cần sửa" in page
