"""Documents that were made and say what is not right any more."""

from datetime import date

import pytest

from admissions import letters, workflow
from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)


def test_a_document_that_says_what_the_dossier_says_is_right(district, row):
    letters.note_made_letter("9-KND", row, district.staff)
    assert letters.outdated_letters(row) == []


def test_one_made_before_a_correction_tells_where_it_differs_until_it_is_made_again(district, row):
    letters.note_made_letter("9-KND", row, district.staff)
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.events.get(action="decide").no),
        {"on": date(2017, 1, 9)},
    )
    workflow.agree_correction(
        workflow.ask_correction(draft, by=district.staff, reason="đọc nhầm"), by=district.leader
    )
    kept = Dossier.objects.get(pk=row.pk)
    (found,) = letters.outdated_letters(kept)
    assert ("Ngày ký quyết định kết nạp", "10/01/2017", "09/01/2017") in found.differences
    letters.note_made_letter("9-KND", kept, district.staff)
    assert letters.outdated_letters(kept) == []


def test_one_whose_act_was_taken_back_makes_no_sense_any_more(district):
    row = reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    letters.note_made_letter("8-KND", row, district.staff)
    workflow.take_back(Dossier.objects.get(pk=row.pk), by=district.staff, no=row.version)
    (found,) = letters.outdated_letters(Dossier.objects.get(pk=row.pk))
    assert found.gone
