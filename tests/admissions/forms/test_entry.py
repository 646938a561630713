"""The form of a person and a dossier."""

import re

import pytest

from admissions.forms.entry import EntryForm
from admissions.models import Candidate, Dossier, PriorityGroup
from notation.stale import pack_read
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_rule_39_an_identity_number_that_does_not_fit_is_a_warning_never_a_refusal(client, district):
    form = EntryForm(instance=factories.candidate(), user=district.staff, dossier=Dossier())
    for number, warns in (("026192000123", False), ("026092000123", True), ("026193000123", True)):
        form.cleaned_data = {"citizen_id": number}
        assert bool(form.warnings()) is warns


@pytest.mark.parametrize(
    ("typed", "shown"), [("1991", "1991"), ("5/1991", "05/1991"), ("00/00/1991", "1991")]
)
def test_a_birth_known_in_part_is_kept_and_shown_as_such(staff, form, typed, shown):
    staff.post("/ho-so/moi/", form | {"born_on": typed})
    row = Dossier.objects.get()
    assert str(row.candidate.birth) == shown
    for address in (row.get_absolute_url(), "/ho-so/"):
        page = markup(staff.get(address))
        assert f"{shown}" in page
        assert "01/1991" not in page.replace("05/1991", "")
    edit = staff.get(f"{row.get_absolute_url()}sua/")
    assert f'name="born_on" value="{shown}"' in markup(edit)
    staff.post(f"{row.get_absolute_url()}sua/", {"version": 1, "born_on": "14/8/1991"})
    assert str(Candidate.objects.get().birth) == "14/08/1991"
    assert Dossier.objects.get().events.last().facts["fields"] == {"born_on": [shown, "14/08/1991"]}


def test_the_sections_of_an_arrival_are_counted_from_one(client, district):
    client.force_login(district.staff)
    page = markup(client.get("/ho-so/chuyen-den/"))
    heads = re.findall(r'<span class="no">(\d)</span>', page)
    assert heads == ["1", "2", "3", "4", "5", "6"]
    assert '<span class="no">1</span>Từ nơi khác chuyển đến' in page


def test_a_group_that_no_fact_tells_is_ticked_on_the_form_and_the_history_says_so(staff, form):
    group = PriorityGroup.objects.get(name="Sắp nhập ngũ")
    box = f"group_{group.pk}"
    staff.post("/ho-so/moi/", form | {box: "on"})
    row = Dossier.objects.get()
    assert list(row.candidate.groups.all()) == [group]
    page = markup(staff.get(row.get_absolute_url()))
    assert "Sắp nhập ngũ" in page
    read = pack_read(EntryForm(instance=row.person, user=row.events.get().by, dossier=row).standing)
    staff.post(f"{row.get_absolute_url()}sua/", {"version": 1, "read": read})
    assert list(row.candidate.groups.all()) == []
    assert Dossier.objects.get().events.last().facts["fields"] == {"groups": ["Sắp nhập ngũ", ""]}
    staff.post(f"{row.get_absolute_url()}sua/", {"version": 2, "kept_at": "tủ 3"})
    assert row.candidate.groups.count() == 0
