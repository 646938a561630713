"""Papers of acts follow the dossier; nobody types them against it."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act_papers import papers_made, papers_of_acts, step_of_act
from tests import factories
from tests.factories import reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)


def test_every_act_with_a_ballot_or_a_decision_makes_the_paper_of_its_step():
    steps = {action: step_of_act(action) for action in ACTS}
    assert {action for action, act in ACTS.items() if "agree" in act.fields} <= {
        action for action, step in steps.items() if step
    }
    assert (steps["decide"], steps["convert"], steps["base_agrees"], steps["conversion_agreed"]) == (
        "decision",
        "conversion",
        "base",
        "probation",
    )
    assert not steps["ceremony"] and not steps["leave"]


def test_the_table_refuses_what_contradicts_the_dossier(district, row):
    other = {"had": True, "number": "77", "dated_on": date(2016, 10, 1), "note": ""}
    with pytest.raises(Refused) as refusal:
        workflow.record_papers(row, {"9-KND": other}, by=district.staff)
    assert "đi theo việc đã ghi" in refusal.value.message_dict["9-KND"][0]
    with pytest.raises(Refused):
        workflow.record_papers(row, {"13-KND": other}, by=district.staff)
    same = {"had": True, "number": "31-QĐ/HU", "dated_on": date(2017, 1, 10), "note": "tủ 2"}
    workflow.record_papers(Dossier.objects.get(pk=row.pk), {"9-KND": same}, by=district.staff)
    assert row.papers.get(code="9-KND").note == "tủ 2"


def test_the_page_shows_them_to_read_and_leads_to_the_correction_of_their_act(client, district, row):
    client.force_login(district.staff)
    url = f"{row.get_absolute_url()}giay-to/"
    text = markup(client.get(url))
    no = row.events.get(action="decide").no
    assert f'href="{row.get_absolute_url()}sua-viec/{no}/"' in text
    assert papers_made(row, row.events.all())["9-KND"].no == no
    assert {"6-KND", "8-KND", "9-KND", "13-KND", "15-KND", "16-KND"} == papers_of_acts(row)
    typed = {"version": row.version, "9-KND-number": "77", "9-KND-dated_on": "01/10/2016", "9-KND-had": "on"}
    page = client.post(url, typed)
    assert (page.status_code, "hãy sửa việc đó" in markup(page)) == (422, True)
    assert row.papers.get(code="9-KND").number == "31-QĐ/HU"


def test_a_corrected_act_takes_its_paper_along(district, row):
    draft = workflow.draft_correction(
        Dossier.objects.get(pk=row.pk),
        workflow.find_act(row, row.events.get(action="branch_agrees").no),
        {"number": "15-NQ/CB"},
    )
    asked = workflow.ask_correction(draft, by=district.staff, reason="đọc nhầm")
    workflow.agree_correction(asked, by=district.leader)
    assert row.papers.get(code="6-KND").number == "15-NQ/CB"
    assert not row.documents.filter(number="14-NQ/CB").exists()
