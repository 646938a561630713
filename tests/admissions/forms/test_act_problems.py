"""Everything wrong with an act is said at once, at its field: what cannot be read and what the act refuses."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from admissions import workflow
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.forms.acts import ActForm
from admissions.models import Dossier
from admissions.rules import document_numbers
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act import FieldKind
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.admissions.histories import all_of
from tests.admissions.workflow.test_transitions import BY, bring
from tests.factories import BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db

UNREADABLE = {
    FieldKind.DAY: "31/02/2017",
    FieldKind.NUMBER: "9" * 41,
    FieldKind.DAYS: "x",
    FieldKind.PEOPLE: "x",
    FieldKind.LINE: "a" * 400,
    FieldKind.PARAGRAPH: "a" * 2001,
    FieldKind.PERSON: "a" * 121,
    FieldKind.HELPER: "x",
    FieldKind.BRANCH: "0",
    FieldKind.DOUBLE: "0",
    FieldKind.CHOICE: "x",
    FieldKind.REASON: "0",
}
FUTURE = "01/03/2017"
USED = "77-QĐ/HU"


def form_of(district, action, typed):
    row = bring(district, ACTS[action].sources[0], action)
    return fill(row, action, getattr(district, BY.get(action, "staff")), typed)


def fill(row, action, by, typed):
    return ActForm(action, row, by, {"version": row.version} | typed)


@pytest.mark.parametrize("action", ACTS)
def test_where_no_field_can_be_read_every_field_says_so(district, action):
    typed = {name: UNREADABLE[field.kind] for name, field in ACTS[action].fields.items()}
    form = form_of(district, action, typed)
    assert form.errors.keys() >= ACTS[action].fields.keys()


def what_the_act_refuses(district, row, action):
    """({field: text that can be read and that the act refuses}, the fields at which it says so)."""
    fields = ACTS[action].fields
    typed, said = {"on": FUTURE}, {"on"}
    if "number" in fields:
        body = ACTS[action].body or Body.STANDING
        unit = document_numbers.issuing_unit(row, body)
        registered = ACTS[action].body or action == "annul"
        typed["number"] = USED if registered else "9" * 41
        said.add("number")
        unit.documents.create(
            number=USED, symbol="QĐ/HU", serial=77, dated_on=date(2017, 1, 2), term_since=unit_term(unit)
        )
    if "agree" in fields:
        typed |= {"members": "2", "excluded": "2", "present": "5", "agree": "9", "disagree": "9"}
        said |= {"excluded", "agree"} | ({"members"} if ACTS[action].body == Body.BRANCH else set())
    if "why" in fields or (fields.get("reason") and fields["reason"].required):
        said.add("reason")
    if "days" in fields:
        typed["days"] = "0"
        said.add("days")
    if "branch" in fields:
        typed["branch"] = str(row.branch_id)
        said.add("branch")
    said |= {name for name, field in fields.items() if field.required and name not in typed}
    return typed, said


def unit_term(unit):
    return document_numbers.term_since(unit, date(2017, 3, 1))


@pytest.mark.parametrize("action", ACTS)
def test_what_the_act_refuses_is_said_beside_what_cannot_be_read(district, action):
    row = bring(district, ACTS[action].sources[0], action)
    typed, said = what_the_act_refuses(district, row, action)
    before = all_of(row)
    form = fill(row, action, getattr(district, BY.get(action, "staff")), typed)
    assert form.errors.keys() >= said
    assert not form.errors.keys() - said - {NON_FIELD_ERRORS}
    assert all_of(row) == before, "it was only tried"


@pytest.mark.parametrize("missing", ["number", "agree", "manner"])
def test_one_field_that_cannot_be_read_hides_no_other(district, missing):
    row = bring(district, State.PREPARING, "branch_agrees")
    ballot = {name: str(value) for name, value in BRANCH_BALLOT.items()}
    typed = {"on": "01/08/2016", "excluded": "0", **ballot, missing: "x" * 50}
    form = fill(row, "branch_agrees", district.staff, typed)
    assert form.errors.keys() == {"on", missing}
    assert "trước ngày 15/08/2016 (Đơn xin vào Đảng)" in form.errors["on"][0]


def test_missing_papers_are_said_beside_the_day(district):
    row = bring(district, State.CONVERTING, "convert")
    row.papers.filter(had=True).exclude(code__in=("9-KND",)).delete()
    form = fill(row, "convert", district.staff, {"on": FUTURE, "number": ""})
    assert form.errors.keys() == {"on", "number", NON_FIELD_ERRORS}
    assert form.errors[NON_FIELD_ERRORS][0].startswith("Chưa ghi được: thiếu")


def test_the_certificate_leads_to_the_papers_and_is_said_once(district):
    row = bring(district, State.PREPARING, "branch_agrees")
    Dossier.objects.filter(pk=row.pk).update(certified_on=date(2010, 1, 1))
    row.refresh_from_db()
    ballot = {name: str(value) for name, value in BRANCH_BALLOT.items()} | {"agree": "x"}
    form = fill(row, "branch_agrees", district.staff, {"on": "05/12/2016", "excluded": "0", **ballot})
    (words,) = form.errors[NON_FIELD_ERRORS]
    assert "cấp 01/01/2010" in words and "Ghi giấy tờ</a>" in words
    assert form.errors.keys() == {"agree", NON_FIELD_ERRORS}


def test_the_reason_for_a_closed_quarter_is_asked_with_the_rest(district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    close_quarter(quarter_period(2016, 4), by=district.admin, checks=[])
    close_quarter(quarter_period(2017, 1), by=district.admin, checks=[])
    form = fill(row, "decide", district.staff, {"on": "10/01/2017", "number": ""})
    assert form.errors.keys() == {"number", "exception"}


def test_the_units_of_the_day_are_said_with_the_rest(district):
    row = reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    type(district.home).objects.filter(pk=district.home.pk).update(valid_from=date(2017, 1, 15))
    row = Dossier.objects.get(pk=row.pk)
    with pytest.raises(Refused) as refusal:
        workflow.perform(
            row,
            "base_agrees",
            by=district.staff,
            on=date(2016, 12, 20),
            number="",
            members=15,
            excluded=0,
            present=20,
            agree=10,
            disagree=0,
        )
    assert refusal.value.message_dict.keys() == {"on", "number", "present"}
