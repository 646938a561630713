"""The form of a person and a dossier."""

import pytest

from admissions.models import Dossier
from tests import factories

pytestmark = pytest.mark.django_db


def test_rule_39_an_identity_number_that_does_not_fit_is_a_warning_never_a_refusal(client, district):
    from admissions.forms.entry import EntryForm

    form = EntryForm(instance=factories.candidate(), user=district.staff, dossier=Dossier())
    for number, warns in (("026192000123", False), ("026092000123", True), ("026193000123", True)):
        form.cleaned_data = {"citizen_id": number}
        assert bool(form.warnings()) is warns
