"""The check page of a correction, the list for the second person, and taking back."""

from datetime import date, timedelta

import pytest

from admissions import letters, workflow
from admissions.meetings import DossierResult, record_meeting
from admissions.models import Correction, Dossier, Ethnicity
from admissions.states import State
from notation.dates import now
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.factories import reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
LIST = "/ho-so/viec-sua/"


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)


def address(row, action):
    return f"{row.get_absolute_url()}sua-viec/{row.events.get(action=action).no}/"


def typed(client, url, **changes):
    """What the form at `url` would send, with `changes`."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in values.items()
    }
    return {
        name: value for name, value in (values | changes).items() if value is not None and value is not False
    }


def ask(client, url, **changes):
    """Look at what changes, then ask for it; the answer to the second."""
    data = typed(client, url, correction_reason="đọc nhầm", **changes)
    page = client.post(url, data)
    return page, client.post(url, data | {"seen": page.context["seen"], "record": "1"})


def test_the_check_page_shows_what_moves_and_what_stays_and_records_nothing(client, district, row):
    client.force_login(district.staff)
    letters.note_made_letter("9-KND", row, district.staff)
    close_quarter(quarter_period(2016, 4), by=district.admin, checks=[])
    url = address(row, "decide")
    page = client.post(url, typed(client, url, on="30/12/2016", correction_reason="đọc nhầm"))
    assert page.status_code == 422
    assert "trước ngày" in markup(page), "the board put it forward after that"
    earlier = typed(client, address(row, "put_forward"), on="29/12/2016", correction_reason="đọc nhầm")
    first = client.post(address(row, "put_forward"), earlier)
    client.post(address(row, "put_forward"), earlier | {"seen": first.context["seen"], "record": "1"})
    page = client.post(url, typed(client, url, on="30/12/2016", correction_reason="đọc nhầm"))
    assert page.status_code == 200
    text = markup(page)
    for words in (
        "Xem trước. Chưa có gì được ghi.",
        "10/01/2017",
        "30/12/2016",
        "giữ nguyên",
        "03/02/2018",
        "năm 2016",
        "Điều chỉnh quý IV/2016, đã khóa",
        "Văn bản lập trước, nay không còn đúng: 1",
        "Đề nghị sửa ngày ký quyết định",
    ):
        assert words in text, words
    assert Dossier.objects.get(pk=row.pk).decided_on == date(2017, 1, 10)
    assert not Correction.objects.exists()


def test_it_is_recorded_only_after_its_consequences_were_shown(client, district, row):
    client.force_login(district.staff)
    url = address(row, "decide")
    data = typed(client, url, on="09/01/2017", correction_reason="đọc nhầm")
    assert client.post(url, data | {"record": "1"}).status_code == 200
    seen = client.post(url, data).context["seen"]
    client.post(url, data | {"record": "1", "seen": seen, "on": "08/01/2017"})
    assert not Correction.objects.exists(), "those of another day were shown"
    assert client.post(url, data | {"record": "1", "seen": seen}).status_code == 302
    assert Correction.objects.get().changes == {"on": ["2017-01-10", "2017-01-09"]}


def test_a_dossier_that_changed_meanwhile_is_shown_anew_and_can_be_gone_on_with(client, district, row):
    client.force_login(district.staff)
    url = address(row, "decide")
    data = typed(client, url, on="09/01/2017", correction_reason="đọc nhầm")
    seen = client.post(url, data).context["seen"]
    workflow.record_papers(Dossier.objects.get(pk=row.pk), {}, by=district.staff)
    page = client.post(url, data | {"record": "1", "seen": seen})
    assert "đã khác so với lúc xem" in markup(page)
    assert not Correction.objects.exists()
    client.post(url, data | {"record": "1", "seen": page.context["seen"]})
    assert Correction.objects.exists()


def test_the_second_person_finds_it_in_the_menu_the_list_and_agrees(client, district, row):
    client.force_login(district.staff)
    ask(client, address(row, "decide"), on="09/01/2017", named=district.leader.pk)
    assert "Không có việc sửa nào chờ đồng chí." in markup(client.get(LIST))
    assert "đang có một việc sửa chờ người thứ hai" in markup(client.get(row.get_absolute_url()))
    client.force_login(district.leader)
    assert "việc sửa chờ người thứ hai" in markup(client.get("/ho-so/hom-nay/"))
    page = client.get(LIST)
    assert "Đồng ý, sửa thành 09/01/2017" in markup(page)
    answer = {"answer": "agree", "version": page.context["version"]}
    assert client.post(f"{LIST}{Correction.objects.get().pk}/", answer).status_code == 302
    assert Dossier.objects.get(pk=row.pk).decided_on == date(2017, 1, 9)
    assert "09/01/2017" in markup(client.get(f"{LIST}?muc=da-quyet"))
    assert "(đã sửa)" in markup(client.get(row.get_absolute_url()))


def test_it_is_given_back_with_a_reason_and_withdrawn(client, district, row):
    client.force_login(district.staff)
    ask(client, address(row, "decide"), on="09/01/2017")
    asked = Correction.objects.get()
    client.force_login(district.leader)
    page = client.post(f"{LIST}{asked.pk}/", {"answer": "decline", "words": " "})
    assert (page.status_code, "Cần ghi lý do." in markup(page)) == (422, True)
    client.post(f"{LIST}{asked.pk}/", {"answer": "decline", "words": "xem lại"})
    asked.refresh_from_db()
    assert (asked.state, asked.words) == ("declined", "xem lại")
    client.force_login(district.staff)
    ask(client, address(row, "decide"), on="09/01/2017")
    assert "Rút việc sửa này" in markup(
        client.get(f"{LIST}?muc=toi-de-nghi&mo={Correction.objects.last().pk}")
    )
    client.post(f"{LIST}{Correction.objects.last().pk}/", {"answer": "withdraw"})
    assert Correction.objects.last().state == "withdrawn"


def test_a_dossier_that_changed_since_is_said_and_reckoned_anew(client, district, row):
    client.force_login(district.staff)
    ask(client, address(row, "decide"), on="09/01/2017")
    workflow.record_papers(Dossier.objects.get(pk=row.pk), {}, by=district.staff)
    client.force_login(district.leader)
    page = client.get(LIST)
    assert "Từ lúc đề nghị đã có người ghi thêm" in markup(page)
    workflow.record_papers(Dossier.objects.get(pk=row.pk), {}, by=district.staff)
    stale = client.post(
        f"{LIST}{Correction.objects.get().pk}/", {"answer": "agree", "version": page.context["version"]}
    )
    assert (stale.status_code, "vừa có người ghi thêm" in markup(stale)) == (422, True)


def test_facts_are_corrected_on_a_page_of_their_own(client, district, row):
    client.force_login(district.staff)
    url = f"{row.get_absolute_url()}sua-so-lieu/"
    tay = Ethnicity.objects.get(name="Tày")
    page, answer = ask(client, url, sex="male", ethnicity=tay.pk)
    assert "Nữ" in markup(page) and answer.status_code == 302
    assert set(Correction.objects.get().changes) == {"sex", "ethnicity"}


def test_outside_ones_right_there_is_no_check_page(client, district, row):
    client.force_login(district.commune)
    assert client.get(address(row, "decide")).status_code == 403
    assert client.get(address(row, "ceremony")).status_code == 200
    assert client.get(f"{row.get_absolute_url()}sua-viec/999/").status_code == 404
    far = reach(factories.dossier(district.far, district.staff), State.PREPARING, district.staff)
    assert client.get(address(far, "apply")).status_code == 404
    assert client.post(f"{far.get_absolute_url()}hoan-tac/1/").status_code == 404
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.events.get(action="decide").no),
        {"number": "32-QĐ/HU"},
    )
    asked = workflow.ask_correction(draft, by=district.staff, reason="đọc nhầm")
    client.force_login(factories.user("xa-khac", "commune_committee", district.other))
    assert client.post(f"{LIST}{asked.pk}/", {"answer": "agree"}).status_code == 404


def test_an_act_just_recorded_is_taken_back_by_whoever_recorded_it(client, district, row):
    client.force_login(district.staff)
    text = markup(client.get(row.get_absolute_url()))
    assert "hoàn tác được trong 15 phút nữa" in text
    no = row.events.get(action="ceremony").no
    client.force_login(district.leader)
    assert "Hoàn tác được" not in markup(client.get(row.get_absolute_url()))
    client.post(f"{row.get_absolute_url()}hoan-tac/{no}/")
    assert Dossier.objects.get(pk=row.pk).state == State.PROBATIONARY
    client.force_login(district.staff)
    client.post(f"{row.get_absolute_url()}hoan-tac/{no}/")
    kept = Dossier.objects.get(pk=row.pk)
    assert (kept.state, kept.ceremony_on, kept.probation_ends_on) == (State.DECIDED, None, None)
    text = markup(client.get(row.get_absolute_url()))
    assert "hoàn tác việc vừa ghi: Ghi lễ kết nạp ngày 03/02/2017" in text
    assert "(đã hoàn tác)" in text


def test_after_a_quarter_of_an_hour_it_is_not(client, district):
    row = factories.dossier(district.rural, district.staff)
    workflow.perform(row, "apply", by=district.staff, on=date(2016, 8, 15), at=now() - timedelta(minutes=16))
    client.force_login(district.staff)
    assert "Hoàn tác được" not in markup(client.get(row.get_absolute_url()))
    page = client.post(f"{row.get_absolute_url()}hoan-tac/{row.events.get(action='apply').no}/", follow=True)
    assert "đã quá 15 phút" in markup(page)


def test_a_ballot_recorded_without_people_left_out_is_corrected_as_it_stands(client, district, row):
    client.force_login(district.staff)
    assert "excluded" not in row.events.get(action="branch_agrees").facts
    url = address(row, "branch_agrees")
    assert typed(client, url)["excluded"] == 0
    page, _answer = ask(client, url, number="99-NQ/CB")
    assert [name for name, _before, _after in page.context["changes"]] == ["Số nghị quyết"]


def test_the_reason_is_asked_where_the_corrected_votes_come_to_no_admission(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    facts = {"members": 15, "present": 15, "number": "31-QĐ/HU", "held_on": date(2017, 2, 20)}
    results = [DossierResult(row, agree=13, disagree=2)]
    record_meeting(district.root, "standing", results, by=district.staff, **facts)
    client.force_login(district.staff)
    url = address(row, "decide")
    assert "reason" not in typed(client, url)
    votes = {"agree": 6, "disagree": 9}
    page = client.post(url, typed(client, url, correction_reason="đếm nhầm", **votes))
    assert page.status_code == 422
    assert page.context["form"].errors == {"reason": ["Cần ghi lý do."]}
    assert "Số phiếu đã sửa thành kết quả khác" in markup(page)
    page, answer = ask(client, url, **votes, reason="chưa đủ phiếu")
    assert ["Việc", "Ghi quyết định kết nạp", "Không kết nạp"] in [
        [*line] for line in page.context["changes"]
    ]
    assert answer.status_code == 302
    client.force_login(district.leader)
    page = client.get(LIST)
    answer = {"answer": "agree", "version": page.context["version"]}
    client.post(f"{LIST}{Correction.objects.get().pk}/", answer)
    assert Dossier.objects.get(pk=row.pk).state == State.REFUSED
