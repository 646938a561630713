"""Dossiers in the states that several tests of the register start from."""

from datetime import date

import pytest

from accounts.models import User
from admissions import workflow
from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept


def named(full_name):
    return factories.candidate(full_name=full_name)


@kept
def listed(district):
    """A dossier on the source list."""
    return factories.dossier(district.rural, district.staff)


@kept
def running(district):
    """A dossier whose decision is awaited since the branch met on 05/12/2016."""
    return reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


@kept
def reminders_due(district):
    """One overdue and one soon in the home commune's branch, one soon elsewhere, a probation that ends, one far off."""
    staff = district.staff
    late = factories.dossier(district.rural, staff, person=named("Phạm Thị Hòa"))
    reach(late, State.APPRAISAL, staff, branch_agrees=date(2016, 11, 21), base_agrees=date(2016, 12, 1))
    soon = reach(factories.dossier(district.far, staff, person=named("Trần Văn Lực")), State.APPRAISAL, staff)
    ending = reach(
        factories.dossier(district.school, staff, person=named("Bùi Thị Mây")), State.PROBATIONARY, staff
    )
    Dossier.objects.filter(pk=ending.pk).update(probation_ends_on=date(2017, 3, 6))
    waiting = reach(factories.dossier(district.rural, staff), State.DECIDED, staff)
    workflow.perform(waiting, "hand_over", by=staff, on=date(2017, 2, 20))
    factories.dossier(district.rural, staff, person=named("Chưa Có Hạn"))
    return late, soon, ending, waiting


@kept
def lan(district):
    """Someone who wants the morning's mail."""
    User.objects.filter(pk=district.staff.pk).update(email="lan@yenlac.example", wants_digest=True)
    return district.staff


@kept
def three(district):
    """Three dossiers of one branch that wait for its meeting."""
    rows = []
    for name in ("Nguyễn Đức Anh", "Phùng Quang Đạt", "Lê Thị Hà"):
        row = factories.dossier(district.rural, district.staff, person=factories.candidate(full_name=name))
        reach(row, State.PREPARING, district.staff)
        factories.have_papers(row, district.staff, "branch", dated_on=date(2016, 8, 1))
        rows.append(row)
    return rows


@kept
def desk(district):
    """One dossier overdue, one with six working days left, one on the list, one whose probation ends in March."""
    staff = district.staff
    late = factories.dossier(district.rural, staff, person=named("Phạm Thị Hòa"))
    reach(late, State.APPRAISAL, staff, branch_agrees=date(2016, 11, 21), base_agrees=date(2016, 12, 1))
    soon = reach(factories.dossier(district.far, staff, person=named("Trần Văn Lực")), State.APPRAISAL, staff)
    factories.dossier(district.rural, staff, person=named("Đỗ Thị Thái Bình"))
    ending = reach(factories.dossier(district.school, staff), State.PROBATIONARY, staff)
    Dossier.objects.filter(pk=ending.pk).update(probation_ends_on=date(2017, 3, 10))
    return late, soon, ending
