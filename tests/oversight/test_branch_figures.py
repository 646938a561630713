"""The figures beside a review, as at a day, and what they suggest (docs/domain.md, rules 53 and 54)."""

from datetime import date

import pytest

from admissions import workflow
from oversight.branch_figures import BranchFigures, figures_on, list_people_of_figure, suggest_assessment
from reports.periods import year_period
from reports.quotas.assign import Amount, propose_quota
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {"year": 2017, "quota": 1, "quota_is": "given", "admitted": 0, "sources": 2, "waiting": 1}
FACTS |= {"under_way": 0, "last": date(2014, 11, 3)}


def test_a_figure_is_the_length_of_its_list_on_every_day(district):
    listed = factories.dossier(district.rural, district.staff)
    workflow.perform(
        listed, "propose_source", by=district.staff, on=date(2017, 1, 20), what="class", number="1-NQ/CB"
    )
    workflow.perform(listed, "agree_proposal", by=district.staff, on=date(2017, 1, 25))
    gone = factories.dossier(
        district.rural, district.staff, person=factories.candidate(full_name="Lê Văn Đạt")
    )
    facts = {"on": date(2017, 1, 20), "what": "removal", "number": "1-NQ/CB", "reason": "đi xa"}
    workflow.perform(gone, "propose_source", by=district.staff, **facts)
    workflow.perform(gone, "agree_removal", by=district.staff, on=date(2017, 1, 25))
    workflow.perform(listed, "apply", by=district.staff, on=date(2017, 2, 20))
    found = {day: figures_on(district.rural, day) for day in map(_day, ("01-24", "01-25", "02-20"))}
    assert [(one.sources, one.waiting, one.under_way) for one in found.values()] == [
        (2, 0, 0),
        (1, 1, 0),
        (0, 0, 1),
    ]
    for day, one in found.items():
        for name in ("sources", "waiting", "under_way"):
            assert list_people_of_figure(district.rural, day, name).count() == getattr(one, name)


def _day(text):
    return date.fromisoformat(f"2017-{text}")


def test_admissions_count_from_the_year_to_the_day(district):
    factories.admitted(district.rural, district.staff, on=date(2017, 1, 10))
    before, after = (figures_on(district.rural, _day(text)) for text in ("01-09", "02-20"))
    assert (before.admitted, before.last, after.admitted, after.last) == (0, None, 1, date(2017, 1, 10))


def test_without_a_quota_stands_what_was_proposed_or_last_years(district):
    factories.quota(district.rural, year_period(2016), 2)
    found = figures_on(district.rural, _day("02-20"))
    assert (found.quota, found.quota_is) == (2, "former")
    propose_quota(district.rural, year_period(2017), Amount(number=3), by=district.commune, reason="có nguồn")
    found = figures_on(district.rural, _day("02-20"))
    assert (found.quota, found.quota_is) == (3, "proposed")
    factories.quota(district.rural, year_period(2017), 1)
    found = figures_on(district.rural, _day("02-20"))
    assert (found.quota, found.quota_is, found.left) == (1, "given", 1)


def test_frozen_figures_read_back_as_they_were():
    found = BranchFigures(**FACTS)
    assert BranchFigures.from_json(found.as_json()) == found


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, "met"),
        ({"under_way": 1}, "good"),
        ({"admitted": 1}, "good"),
        ({"sources": 0}, "short"),
        ({"quota": 4}, "short"),
        ({"quota": 4, "under_way": 1}, "short"),
        ({"quota": None}, "met"),
        ({"quota": None, "sources": 0}, "short"),
        ({"quota": None, "sources": 0, "admitted": 1}, "met"),
    ],
)
def test_the_assessment_follows_from_sources_dossiers_and_what_is_left(facts, verdict):
    assert suggest_assessment(BranchFigures(**FACTS | facts))[0] == verdict


def test_the_suggestion_gives_its_reasons():
    words = "Có nguồn 2 so với còn 1; đã cử học 1; chưa có hồ sơ."
    assert suggest_assessment(BranchFigures(**FACTS)) == ("met", words)
