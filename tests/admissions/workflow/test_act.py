"""A made-up act: one function and one row, and everything else follows from them."""

from datetime import date

import pytest

from admissions.choices import Body
from admissions.models import Reason
from admissions.states import State
from admissions.workflow import ACTS, Act, act_after_vote
from admissions.workflow.act import Field, FieldKind, MeetingOutcome, day_field, number_field, reason_fields
from admissions.workflow.acts.guards import require_number, set_date
from admissions.workflow.transitions import draw_transitions
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db


def send_back_to_list(dossier, *, on, number, guests, reason):
    """The made-up act: what the row's fields ask for arrives as keywords."""
    set_date(dossier, "applied_on", on)
    require_number(number)
    return State.LISTED


ROW = Act(
    label="Đưa về danh sách",
    sources=(State.PREPARING, State.RESOLVED),
    leads=State.LISTED,
    leads_from=(State.PREPARING,),
    permission="enter",
    apply=send_back_to_list,
    main=False,
    fields=day_field("Ngày đưa về")
    | number_field("Số thông báo")
    | {"guests": Field(label="Số người dự", kind=FieldKind.PEOPLE)}
    | reason_fields(Reason.Use.WITHDRAW),
    sentence="Đưa về danh sách theo thông báo %(number)s: “%(reason)s”.",
    body=Body.BASE,
    outcomes=(MeetingOutcome(body=Body.BASE, state=State.PREPARING, passed=False),),
    shows_papers=("branch",),
)


@pytest.fixture
def dossier(district, client, monkeypatch):
    monkeypatch.setitem(ACTS, "send_back", ROW)
    client.force_login(district.staff)
    return reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)


def address(dossier):
    return f"{dossier.get_absolute_url()}viec/send_back/"


def test_its_button_stands_on_the_page_of_the_dossier(client, dossier):
    page = markup(client.get(dossier.get_absolute_url()))
    assert f'<a href="{address(dossier)}">Đưa về danh sách</a>' in page


def test_its_form_has_the_fields_of_the_row_in_their_order(client, dossier):
    form = client.get(address(dossier)).context["form"]
    assert list(form.fields) == ["version", "on", "number", "guests", "why", "reason"]
    assert [str(form[name].label) for name in ("on", "number", "guests")] == [
        "Ngày đưa về",
        "Số thông báo",
        "Số người dự",
    ]
    assert {row.use for row in form.fields["why"].queryset} == {"withdraw"}


def test_its_form_proposes_the_next_number_of_the_body(client, dossier):
    assert client.get(address(dossier)).context["form"]["number"].value() == "01-NQ/ĐU"


def test_its_page_lists_the_missing_papers_that_the_row_names(client, dossier):
    assert "giấy tờ cho cuộc họp" in markup(client.get(address(dossier)))


def test_it_is_done_through_its_page_and_told_in_the_history(client, dossier):
    typed = {
        "version": dossier.version,
        "on": "20/02/2017",
        "number": "7-TB/ĐU",
        "guests": "3",
        "reason": "tự xin",
    }
    page = markup(client.post(address(dossier), typed, follow=True))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.applied_on) == (State.LISTED, date(2017, 2, 20))
    assert "Đã xong: Đưa về danh sách" in page
    assert "Đưa về danh sách theo thông báo 7-TB/ĐU: “tự xin”. Người ghi: Phùng Thị Lan." in page


def test_its_transitions_are_drawn(dossier):
    lines = draw_transitions().splitlines()
    assert "    preparing --> listed: send_back" in lines
    assert "    resolved --> resolved: send_back" in lines


def test_it_follows_from_the_vote_of_a_meeting_that_the_row_names(dossier):
    assert act_after_vote(Body.BASE, State.PREPARING, False) == "send_back"
