"""Every transition of the table: allowed, refused in a sentence, and the second of two clicks changing nothing."""

from datetime import date
from pathlib import Path

import pytest

from admissions import workflow
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier
from admissions.states import State
from admissions.workflow.transitions import ACTS, draw_transitions
from tests import factories
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach

pytestmark = pytest.mark.django_db

ON = date(2017, 2, 20)
WHY = {"reason": "có lý do"}
FAILED = {"number": "90-NQ/CB", "members": 10, "present": 10, "agree": 6, "disagree": 4}
PROPOSALS = {"agree_proposal": "class", "agree_removal": "removal", "keep_source": "class"}
"""What the branch proposed before the base committee may answer."""
FACTS = {
    "propose_source": {"what": "class", "number": "14-NQ/CB"},
    "agree_proposal": {"number": "05-NQ/ĐU"},
    "agree_removal": {},
    "keep_source": WHY,
    "change_helper": WHY | {"helper": "Lê Văn Mới"},
    "remark_helper": {"helper": "Nguyễn Văn Thực", "text": "chăm chỉ, gương mẫu"},
    "apply": {"on": date(2016, 8, 15)},
    "branch_agrees": BRANCH_BALLOT,
    "branch_declines": FAILED,
    "base_agrees": BASE_BALLOT,
    "base_declines": FAILED | {"number": "90-NQ/ĐU"},
    "receive": {},
    "put_forward": {},
    "ask": WHY,
    "give_back": WHY,
    "send_again": {"answer": "đã bổ sung lý lịch"},
    "hold": WHY,
    "resume": {"opinion": "đồng ý"},
    "extend": WHY | {"days": 30},
    "decide": {"number": "31-QĐ/HU"},
    "refuse": WHY,
    "note_delay": WHY,
    "ceremony": {},
    "hand_over": {},
    "conversion_agreed": BRANCH_BALLOT | {"number": "91-NQ/CB"},
    "conversion_failed": FAILED,
    "conversion_proposed": BASE_BALLOT | {"number": "91-NQ/ĐU"},
    "conversion_short": FAILED | {"number": "92-NQ/ĐU"},
    "convert": {"number": "32-QĐ/HU"},
    "convert_short": {"members": 11, "present": 11, "agree": 5, "disagree": 6},
    "report_up": {"number": "3-BC/CB", "to": "Đảng ủy xã Trung Nguyên"},
    "recognise_reviewed": {"number": "35-QĐ/HU"},
    "decline_reviewed": WHY | {"how": "not_recognised", "number": "36-QĐ/HU"},
    "transfer": {"to": "Đảng bộ huyện Bình Xuyên", "number": "12-CV/HU"},
    "died": {},
    "merge": {},
    "set_aside": WHY,
    "refer": WHY,
    "move": {"helper": "Phạm Thị Mới"},
    "withdraw": WHY,
    "relist": {},
    "leave": WHY | {"how": "name_deleted", "number": "33-QĐ/HU"},
    "annul": WHY | {"kind": "procedure", "number": "34-QĐ/HU"},
}
BY = {"annul": "leader"}
AFTER_LAST_VOTE = ("recognise_reviewed", "decline_reviewed")
PAIRS = [(action, source) for action, act in ACTS.items() for source in act.sources]


WAYS = {
    State.RETURNED: ("give_back", WHY),
    State.RESENT: ("give_back", WHY),
    State.HELD: ("hold", WHY),
    State.ASKED: ("ask", WHY),
    State.REFUSED: ("refuse", WHY),
}
"""The act after appraisal that leads to a state."""
FALLS_SHORT = {
    State.REFUSED: ("branch_declines", date(2017, 1, 12)),
    State.PROBATIONARY: ("conversion_failed", date(2017, 2, 10)),
    State.CONVERTING: ("conversion_short", date(2017, 2, 13)),
}
"""The vote that leaves a dossier in a state to be reported upward."""


def bring(district, state, action):
    """A dossier in `state`, at a base branch where only that may take `action`."""
    branch = district.firm if (action, state) == ("receive", State.RESOLVED) else district.rural
    row = factories.dossier(branch, district.staff)
    if action == "merge" or state == State.DUPLICATE:
        factories.dossier(district.far, district.staff)
    if state == State.DUPLICATE:
        perform(row, "merge", district, on=date(2017, 1, 12))
    elif state == State.WITHDRAWN:
        workflow.perform(row, "withdraw", by=district.staff, on=date(2017, 1, 12), **WHY)
    elif (action, state) == ("report_up", State.REFUSED):
        reach(row, State.PREPARING, district.staff)
        factories.have_papers(row, district.staff, "branch")
    elif state in WAYS:
        reach(row, State.APPRAISAL, district.staff)
        way, facts = WAYS[state]
        workflow.perform(row, way, by=district.staff, on=date(2017, 1, 12), **facts)
        if state == State.RESENT:
            workflow.perform(row, "send_again", by=district.staff, on=date(2017, 1, 12))
    elif state in (State.CONVERTING, State.OFFICIAL):
        _convert(row, state, action, district)
    else:
        reach(row, state, district.staff)
        if state == State.PREPARING:
            factories.have_papers(row, district.staff, "branch")
        if state == State.PROBATIONARY:
            _probation_over(row)
        if action == "hand_over":
            Dossier.objects.filter(pk=row.pk).update(decision_received_on=None)
    if action == "report_up":
        short, on = FALLS_SHORT[state]
        perform(row, short, district, on=on)
    if action in PROPOSALS:
        facts = {"what": PROPOSALS[action], "number": "14-NQ/CB", "reason": "có lý do"}
        workflow.perform(row, "propose_source", by=district.staff, on=date(2017, 2, 14), **facts)
    if action == "note_delay":
        Dossier.objects.filter(pk=row.pk).update(branch_resolved_on=date(2016, 8, 20))
    if action in AFTER_LAST_VOTE:
        Dossier.objects.filter(pk=row.pk).update(failed_conversions=3)
    return Dossier.objects.get(pk=row.pk)


def _convert(row, state, action, district):
    _probation_over(reach(row, State.PROBATIONARY, district.staff))
    perform(row, "conversion_agreed", district, on=date(2017, 2, 10))
    if action not in ("conversion_proposed", "conversion_short", "report_up", *AFTER_LAST_VOTE):
        perform(row, "conversion_proposed", district, on=date(2017, 2, 13))
        factories.have_papers(row, district.staff, "conversion", dated_on=date(2017, 2, 1))
    if state == State.OFFICIAL:
        perform(row, "convert", district, on=date(2017, 2, 14))


def _probation_over(row):
    Dossier.objects.filter(pk=row.pk).update(probation_ends_on=date(2017, 2, 3))
    row.refresh_from_db()


def facts_of(action, district, on=ON):
    facts = {"on": on} | FACTS[action]
    if action == "merge":
        facts["into"] = Dossier.objects.filter(branch=district.far).first()
    return facts | {"branch": district.school} if action == "move" else facts


def perform(row, action, district, **changes):
    by = getattr(district, BY.get(action, "staff"))
    return workflow.perform(row, action, by=by, **facts_of(action, district) | changes)


@pytest.mark.parametrize(("action", "source"), PAIRS)
def test_allowed_it_leads_where_the_table_says_and_leaves_one_event(district, action, source):
    row = bring(district, source, action)
    before = row.events.count()
    event = perform(row, action, district)
    kept = Dossier.objects.get(pk=row.pk)
    assert kept.state == ACTS[action].target(source)
    assert (event.action, event.from_state, event.to_state) == (action, source, kept.state)
    assert kept.events.count() == before + 1 == kept.version


@pytest.mark.slow
@pytest.mark.parametrize(("action", "source"), PAIRS)
def test_the_second_of_two_clicks_changes_nothing(district, action, source):
    row = bring(district, source, action)
    twice = Dossier.objects.get(pk=row.pk)
    perform(row, action, district)
    kept = Dossier.objects.filter(pk=row.pk).values().get()
    with pytest.raises(Stale, match="vừa có người ghi thêm"):
        perform(twice, action, district)
    assert Dossier.objects.filter(pk=row.pk).values().get() == kept


@pytest.mark.parametrize("action", ACTS)
def test_refused_in_any_other_state_with_a_sentence_that_names_it(district, action):
    elsewhere = State.LISTED if State.LISTED not in ACTS[action].sources else State.DECIDED
    row = bring(district, elsewhere, None) if elsewhere not in ACTS[action].sources else None
    if row is None:
        row = bring(
            district, State.OFFICIAL if State.OFFICIAL not in ACTS[action].sources else State.REFUSED, None
        )
    with pytest.raises(Refused) as refusal:
        perform(row, action, district)
    assert f"hồ sơ đang ở trạng thái “{row.state_words}”" in str(refusal.value.messages)
    assert Dossier.objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize("action", ACTS)
def test_refused_to_those_who_have_no_such_right(district, action):
    source = ACTS[action].sources[0]
    row = bring(district, source, action)
    stranger = factories.user("nguoi-la", "commune_committee", district.other)
    with pytest.raises(Refused, match="việc này do người có quyền"):
        workflow.perform(row, action, by=stranger, **facts_of(action, district))


def test_the_diagram_in_the_documentation_is_this_table():
    text = (Path(__file__).parents[3] / "docs" / "states.md").read_text()
    assert f"```mermaid\n{draw_transitions()}```" in text
