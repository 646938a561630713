"""A unit behind its plan is asked once a letter, answers once, and its milestones are tasks."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from admissions.exceptions import Refused
from branches.hand_over import HandingOver, HandOver
from oversight.letters import Milestone, answer_explanation, ask_explanations, hand_over_requests
from oversight.models import ExplanationRequest, Task
from reports import periods
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2016)
ON, DUE = date(2017, 1, 16), date(2017, 2, 10)
WORDS = {"carried_out": "Kết nạp 0.", "causes": "Ít nguồn.", "still": 2, "measures": "Rà soát."}
MILESTONE = Milestone("Rà soát nguồn", "Chi ủy", date(2017, 3, 1))


@pytest.fixture
def asked(district):
    factories.quota(district.home, YEAR, 3)
    factories.quota(district.other, YEAR, 2)
    facts = {"number": "45-CV/BTC", "on": ON, "due": DUE, "by": district.staff}
    return ask_explanations(district.root, [district.home], YEAR, **facts)[0]


def test_a_letter_keeps_the_figures_of_its_day(district, asked):
    factories.admitted(district.rural, district.staff, date(2016, 12, 20))
    asked.refresh_from_db()
    assert (asked.quota, asked.reached) == (3, 0)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "45-CV/BTC"}, "number"),
        ({"due": ON}, "due"),
        ({"due": None}, "due"),
        ({"on": date(2017, 3, 1), "due": date(2017, 4, 1)}, "on"),
    ],
)
def test_a_letter_says_what_is_wrong_with_it(district, asked, facts, field):
    values = {"number": "46-CV/BTC", "on": ON, "due": DUE, "by": district.staff} | facts
    with pytest.raises(Refused) as refusal:
        ask_explanations(district.root, [district.home], YEAR, **values)
    assert [*refusal.value.message_dict] == [field]


def test_only_units_behind_their_quota_are_asked(district, asked):
    values = {"number": "46-CV/BTC", "on": ON, "due": DUE, "by": district.staff}
    for units in ([district.firm], [district.rural], []):
        with pytest.raises(Refused) as refusal:
            ask_explanations(district.root, units, YEAR, **values)
        assert [*refusal.value.message_dict] == ["units"]
    with pytest.raises(PermissionDenied):
        ask_explanations(district.root, [district.home], YEAR, **values | {"by": district.commune})


def test_an_answer_comes_once_and_its_milestones_become_tasks(district, asked):
    facts = WORDS | {"on": date(2017, 2, 6), "milestones": [MILESTONE], "by": district.commune}
    answer = answer_explanation(asked, **facts)
    task = Task.objects.get()
    assert (task.unit, task.explanation, task.before) == (district.home, answer, date(2017, 3, 1))
    with pytest.raises(Refused, match="đã trả lời"):
        answer_explanation(asked, **facts)


def test_an_answer_without_a_milestone_or_before_its_letter_is_refused_and_nothing_is_written(
    district, asked
):
    with pytest.raises(Refused) as refusal:
        answer_explanation(asked, **WORDS, on=date(2017, 1, 10), by=district.commune)
    assert {*refusal.value.message_dict} == {"on", "what_0"}
    half = [MILESTONE, Milestone("Mở lớp", "", None)]
    with pytest.raises(Refused) as refusal:
        answer_explanation(asked, **WORDS, on=date(2017, 2, 6), milestones=half, by=district.commune)
    assert {*refusal.value.message_dict} == {"who_1", "before_1"}
    assert not hasattr(ExplanationRequest.objects.get(pk=asked.pk), "answer")


def test_another_commune_does_not_answer(district, asked):
    stranger = factories.user("xa-khac", "commune_committee", district.other)
    with pytest.raises(PermissionDenied):
        answer_explanation(asked, **WORDS, on=date(2017, 2, 6), milestones=[MILESTONE], by=stranger)


def test_an_unanswered_letter_goes_over_to_the_only_heir(district, asked):
    hand = HandOver(old=district.home, heirs=(district.other,), on=date(2017, 2, 1), basis="QĐ 1")
    (handed,) = hand_over_requests(HandingOver.of_one(hand), by=district.admin)
    assert handed.moved == 1
    asked.refresh_from_db()
    assert asked.unit == district.other
