"""A class of January 2017 with three people, each sent by a branch, at any step."""

from datetime import date

import pytest

from admissions import classes, workflow
from admissions.choices import ClassStep
from admissions.models import Dossier
from tests import factories

OPENED = date(2017, 1, 10)
FIRST, LAST = date(2017, 2, 6), date(2017, 2, 10)


def send(row, by, on=date(2016, 12, 1)):
    """The branch proposes the person for the class, the base committee agrees."""
    workflow.perform(row, "propose_source", by=by, on=on, what="class", number="3-NQ/CB")
    workflow.perform(row, "agree_proposal", by=by, on=on)
    return row


def source(branch, by, name, **facts):
    return factories.dossier(branch, by, person=factories.candidate(full_name=name), **facts)


@pytest.fixture
def course(district):
    days = {"decided_on": OPENED, "first": FIRST, "last": LAST}
    return factories.awareness_class(district.root, district.staff, **days)


@pytest.fixture
def sources(district):
    """Two of the home commune and one of the other, all of whom wait for a class since 01/12/2016."""
    places = (district.rural, "Bùi Thị An"), (district.rural, "Bùi Thị Bích"), (district.far, "Lê Văn Chung")
    return [send(source(branch, district.staff, name), district.staff) for branch, name in places]


@pytest.fixture
def nominated(district, course, sources):
    nominees = [classes.Nominee(row, "5-NQ/CB") for row in sources]
    return classes.nominate_people(course, nominees, by=district.staff, on=date(2017, 1, 20))


@pytest.fixture
def approved(district, course, nominated):
    answers = [classes.Answer(row, agree=True) for row in nominated]
    classes.check_nominations(course, answers, by=district.staff, on=date(2017, 1, 25), upper=True)
    return nominated


@pytest.fixture
def attended(district, course, approved):
    rows = [classes.Presence(row, 5) for row in approved]
    classes.record_attendance(course, rows, by=district.staff, on=LAST)
    return approved


@pytest.fixture
def passed(district, course, attended):
    rows = [classes.Assessment(row, ClassStep.PASSED, "good") for row in attended]
    classes.record_results(course, rows, by=district.staff, on=date(2017, 2, 15))
    return attended


def step_of(row):
    row.refresh_from_db()
    return row.step


def certified_on(row):
    return Dossier.objects.get(pk=row.dossier_id).certified_on
