"""Out of the register without leaving the Party: died, or moved to another district or province."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db

AWAY = {"to": "Đảng bộ huyện Bình Xuyên", "number": "12-CV/HU"}


@pytest.mark.parametrize("state", [State.PREPARING, State.AWAITING, State.DECIDED, State.PROBATIONARY])
@pytest.mark.parametrize("action", ["died", "transfer"])
def test_no_reason_and_no_decision_is_asked_and_an_admission_keeps_its_figure(district, state, action):
    row = reach(factories.dossier(district.rural, district.staff), state, district.staff)
    admitted = row.decided_on
    facts = AWAY if action == "transfer" else {}
    workflow.perform(row, action, by=district.staff, on=date(2017, 2, 20), **facts)
    assert (row.left_on, row.left_how) == (date(2017, 2, 20), "")
    assert row.stands is (admitted is not None)
    assert row.decided_on == admitted
    assert not workflow.open_acts(row, district.staff), "nothing is under way any more"


def test_who_died_is_not_asked_to_be_converted_and_says_so(district, client):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    workflow.perform(row, "died", by=district.branch, on=date(2017, 2, 20))
    client.force_login(district.staff)
    assert "Đã mất" in client.get(row.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="Đã mất"):
        workflow.perform(row, "leave", by=district.staff, on=date(2017, 2, 21))


def decided_in_2025(district, settings, decided):
    """Someone whose decision was signed under QĐ 294."""
    settings.TODAY = date(2025, 12, 31)
    days = {
        "apply": date(2025, 7, 7),
        "branch_agrees": date(2025, 8, 4),
        "base_agrees": date(2025, 8, 5),
        "receive": date(2025, 8, 6),
        "put_forward": date(2025, 8, 7),
        "decide": decided,
    }
    row = factories.dossier(district.rural, district.staff, listed_on=date(2024, 1, 5))
    reach(row, State.PREPARING, district.staff, **days)
    factories.have_papers(row, district.staff, "branch", dated_on=date(2025, 7, 7))
    for action, facts in (("branch_agrees", factories.BRANCH_BALLOT), ("base_agrees", factories.BASE_BALLOT)):
        workflow.perform(row, action, by=district.staff, on=days[action], **facts)
    for action in ("receive", "put_forward"):
        workflow.perform(row, action, by=district.staff, on=days[action])
    workflow.perform(row, "decide", by=district.staff, on=decided, number="31-QĐ/ĐU")
    return row


@pytest.mark.parametrize(("transferred", "stands"), [(date(2025, 8, 20), True), (date(2025, 8, 11), False)])
def test_a_decision_signed_after_a_transfer_stands_for_thirty_working_days(
    district, settings, transferred, stands
):
    """By hand: 20/08/2025 and 30 working days without 01 and 02/09 is 03/10; 11/08 gives 24/09."""
    row = decided_in_2025(district, settings, date(2025, 9, 25))
    if stands:
        workflow.perform(row, "transfer", by=district.staff, on=transferred, **AWAY)
        assert row.state == State.TRANSFERRED
        return
    with pytest.raises(Refused, match=r"quá 30 ngày làm việc .*HD 06, điểm 3.9.*hủy quyết định"):
        workflow.perform(row, "transfer", by=district.staff, on=transferred, **AWAY)
    assert Dossier.objects.get(pk=row.pk).state == State.DECIDED


def test_the_page_says_by_when_the_dossier_is_forwarded(district, settings, client):
    row = decided_in_2025(district, settings, date(2025, 9, 25))
    workflow.perform(row, "transfer", by=district.staff, on=date(2025, 10, 1), **AWAY)
    client.force_login(district.staff)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Gửi hồ sơ đến nơi mới" in page
    assert "22/10/2025" in page, "15 working days from Wednesday 01/10/2025"
