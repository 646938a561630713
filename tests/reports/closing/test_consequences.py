"""What a correction moves; and that a history with mistakes, once corrected, is the history typed right."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions import letters, workflow
from admissions.exceptions import Refused
from admissions.models import Correction, Dossier, Ethnicity
from admissions.states import ENDED
from admissions.workflow import ACTS
from reports import periods
from reports.closing.consequences import figures_around
from reports.exports.form_2 import read_report
from reports.exports.report_tables import report_tables
from reports.figures import figures, recount
from reports.measures import MEASURES
from tests import factories
from tests.admissions.histories import START, all_of, do, live_through
from tests.examples import PropertyTestCase, examples
from tests.factories import source

YEARS = (2014, 2015, 2016, 2017)


class MistakesPutRight(PropertyTestCase):
    @settings(max_examples=examples(40), deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_a_history_with_mistakes_once_corrected_is_the_history_typed_right(self, seed):
        place, log = self.begin(), []
        with transaction.atomic():
            right = told(place, live_through(place, random.Random(seed), log=log))
            transaction.set_rollback(True)
        row = live_with_mistakes(place, random.Random(seed + 1), log)
        assert told(place, row) == right
        assert recount.recount_figures(place.root).agrees


def told(place, row):
    """All that any page, file or letter says of a dossier, and of the figures it counts in."""
    row = Dossier.objects.select_related("candidate__ethnicity", "candidate__religion").get(pk=row.pk)
    spans = [span for year in YEARS for span in (year_of(year), *year_of(year).quarters())]
    return {
        **all_of(row),
        "figures": [figures.count_by_unit(place.root, span, MEASURES.values()) for span in spans],
        "tables": [
            [
                line.cells
                for table in report_tables(read_report(source(year_of(year), place.root)))
                for line in table.rows
            ]
            for year in YEARS
        ],
        "letters": {kind: letters.letter_context(kind, row) for kind in letters.available_letters(row)},
        "person": (row.candidate.sex, row.candidate.ethnicity, row.candidate.occupation),
    }


def year_of(number):
    return periods.year_period(number)


def live_with_mistakes(place, chance, log):
    """The history of `log` by someone who mistypes, and who notices sooner or later."""
    wrong = {"sex": "male", "ethnicity": Ethnicity.objects.get(name="Tày"), "occupation": "student"}
    mistyped = {name: value for name, value in wrong.items() if chance.random() < 0.5}
    person = factories.candidate(**mistyped)
    right = factories.candidate()
    row = factories.dossier(place.rural, place.staff, person=person, listed_on=START)
    mistakes = {}
    for entry in log:
        if entry[0] == "act" and chance.random() < 0.4:
            with suppress(Refused):
                do(place, row, ("act", *mistype(chance, entry[1], entry[2])))
                no = Dossier.objects.get(pk=row.pk).version
                if chance.random() < 0.3:
                    workflow.take_back(Dossier.objects.get(pk=row.pk), by=place.staff, no=no)
                else:
                    mistakes[no] = entry[2]
                    continue
        try:
            do(place, row, entry)
        except Refused:
            put_right(place, row, mistakes)
            do(place, row, entry)
        if chance.random() < 0.3:
            put_right(place, row, mistakes, all_of_them=False)
    put_right(place, row, mistakes)
    facts = {name: getattr(right, name) for name in mistyped}
    if facts:
        put_facts_right(place, Dossier.objects.select_related("candidate").get(pk=row.pk), facts)
    return row


def mistype(chance, name, facts):
    """(act, facts) as someone mistypes them: another day, count or number, or a vote that came out the other way."""
    kind = chance.choice(
        [
            key
            for key in ("on", "agree", "number", "turn")
            if key in facts or (key == "turn" and turn_of(name))
        ]
    )
    if kind == "on":
        return name, facts | {"on": facts["on"] + timedelta(days=chance.choice([-30, -9, -1, 1, 8, 31]))}
    if kind == "agree":
        return name, facts | {"agree": facts["agree"] - 1}
    if kind == "turn":
        other = turn_of(name)
        agree = chance.randint(3, 8) if facts["agree"] > 11 else chance.randint(12, 18)
        kept = {key: value for key, value in facts.items() if key in ACTS[other].fields}
        return other, kept | {"agree": agree, "disagree": 18 - agree}
    return name, facts | {"number": f"{chance.randint(60, 99)}-{facts['number'].partition('-')[2]}"}


def turn_of(name):
    """The act of the same vote that came out the other way, where it is counted too; None otherwise."""
    for outcome in ACTS[name].outcomes if "agree" in ACTS[name].fields else ():
        for other, act in ACTS.items():
            if replace(outcome, passed=not outcome.passed) in act.outcomes and "agree" in act.fields:
                return other
    return None


def put_right(place, row, mistakes, *, all_of_them=True):
    """Correct what was mistyped, in whatever order the guards allow."""
    while mistakes:
        done = [no for no, facts in mistakes.items() if correct(place, row, no, facts)]
        for no in done:
            del mistakes[no]
        if not done:
            assert not all_of_them, "some mistake cannot be corrected"
            return


def correct(place, row, no, facts):
    fresh = Dossier.objects.get(pk=row.pk)
    try:
        draft = workflow.draft_correction(fresh, workflow.find_act(fresh, no), facts)
        asked = workflow.ask_correction(draft, by=place.staff, reason="gõ nhầm")
        if isinstance(asked, Correction):
            workflow.agree_correction(asked, by=place.leader)
    except Refused as refusal:
        return "Chưa sửa ô nào" in str(refusal.messages)
    return True


def put_facts_right(place, row, facts):
    """By a correction where the decision has fixed them, by an edit before it."""
    if row.decided_on is None and row.state not in ENDED:
        for name, value in facts.items():
            setattr(row.candidate, name, value)
        workflow.edit_dossier(row.candidate, row, by=place.staff, changed={name: ["", ""] for name in facts})
        return
    asked = workflow.ask_correction(
        workflow.draft_correction(row, None, facts), by=place.staff, reason="sai giấy khai sinh"
    )
    workflow.agree_correction(asked, by=place.leader)


@pytest.mark.django_db
def test_the_figures_around_an_admission_are_those_of_its_years_and_quarters(district):
    row = factories.admitted(district.rural, district.staff)
    scope = district.staff.scope()
    found = figures_around(row, [row.decided_on], [row.admitted_branch_id], scope)
    numbers = {
        (figure.unit, figure.period): figure.number for figure in found.values() if figure.label == "Tổng số"
    }
    assert set(numbers.values()) <= {1}
    assert {figure.period for figure in found.values()} == {"năm 2017", "quý I/2017"}
    assert {figure.unit for figure in found.values()} >= {district.root.title, district.rural.title}
    outside = figures_around(row, [row.decided_on], [row.admitted_branch_id], district.branch.scope())
    assert {figure.unit for figure in outside.values()} == {district.rural.title}
    assert figures_around(row, [None], [None], scope) == {}
