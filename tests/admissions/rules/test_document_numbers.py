"""Numbers of documents run through a term."""

from datetime import date

import pytest

from admissions import workflow
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Document
from admissions.rules import document_numbers
from admissions.states import State
from branches.models import Mandate, Organisation
from tests import factories
from tests.factories import BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db

D = date


def ready(district, **person):
    """A dossier whose branch may meet on `ON`."""
    row = factories.dossier(district.rural, district.staff, person=factories.candidate(**person))
    reach(row, State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch", dated_on=D(2016, 8, 15))
    return row


def test_rule_37_a_number_is_given_once_a_term_and_does_not_start_again_in_january(district):
    Mandate.objects.create(unit=district.root, name="XX", since=D(2010, 8, 1))
    Mandate.objects.create(unit=district.root, name="XXI", since=D(2015, 8, 12))
    branch = district.rural
    assert document_numbers.propose_number(branch, "NQ/CB", D(2015, 9, 1)) == "01-NQ/CB"
    row = reach(factories.dossier(branch, district.staff), State.RESOLVED, district.staff)
    assert document_numbers.propose_number(branch, "NQ/CB", D(2017, 1, 1)) == "15-NQ/CB", (
        "runs on over the new year"
    )
    assert document_numbers.propose_number(branch, "NQ/CB", D(2015, 8, 11)) == "01-NQ/CB", (
        "the term before counts for itself"
    )
    other = ready(district, full_name="Lê Thị Hà")
    with pytest.raises(Refused) as refusal:
        workflow.perform(other, "branch_agrees", by=district.staff, on=D(2016, 12, 6), **BRANCH_BALLOT)
    assert refusal.value.message_dict == {
        "number": [
            "Số 14-NQ/CB của Chi bộ thôn Tân Nguyên đã dùng ngày 05/12/2016; số tiếp theo là 15-NQ/CB."
        ]
    }
    (book,) = document_numbers.number_books(branch)
    assert (book.gaps, [doc.number for doc in book.documents]) == ([(1, 13)], ["14-NQ/CB"])
    assert list(Document.objects.get().dossiers.all()) == [row]


@pytest.mark.parametrize(
    ("kind", "number"), [("district", "01-QĐ/HU"), ("city", "01-QĐ/ThU"), ("urban_district", "01-QĐ/QU")]
)
def test_a_number_is_proposed_with_the_symbol_of_the_committee_that_gives_it(district, kind, number):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    Organisation.objects.filter(pk=district.root.pk).update(kind=kind)
    row.refresh_from_db()
    assert document_numbers.propose_number_for(row, Body.STANDING, D(2016, 12, 1)) == number
    assert document_numbers.propose_number_for(row, Body.BRANCH, D(2015, 9, 1)).endswith("-NQ/CB")
