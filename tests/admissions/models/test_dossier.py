"""What the database itself holds of a dossier."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from admissions.models import Dossier
from admissions.states import DATES_OF, State
from tests.factories import reach

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state for state, dates in DATES_OF.items() if dates != ("listed_on",)])
def test_the_database_holds_a_state_to_its_dates(district, listed, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(state=state)


def test_the_database_refuses_half_the_facts_of_an_admission(district, listed):
    reach(listed, State.DECIDED, district.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(admitted_age=None)


def test_the_database_refuses_dates_that_run_backwards(district, listed):
    reach(listed, State.PROPOSED, district.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=listed.pk).update(branch_resolved_on=date(2016, 12, 21))
