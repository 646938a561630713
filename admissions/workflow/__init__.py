"""What may be done to a dossier, and doing it. Everything outside this folder calls these functions."""

from admissions.workflow.act import Act, Why
from admissions.workflow.arrivals import Arrival, Stage, take_up_arrival
from admissions.workflow.ballots import act_after_vote, follow_ballot
from admissions.workflow.corrections import (
    agree_correction,
    ask_correction,
    decline_correction,
    try_correction,
    withdraw_correction,
)
from admissions.workflow.door import (
    STALE,
    note_event,
    open_acts,
    perform,
    record_reminder,
    refuse_stale,
    reveal_citizen_id,
    try_act,
    why_not,
)
from admissions.workflow.drafts import Draft, draft_correction, find_act
from admissions.workflow.entry import (
    check_entry,
    edit_dossier,
    enter_dossier,
    find_entry_problems,
    record_papers,
    start_again,
)
from admissions.workflow.people import tell_apart
from admissions.workflow.taking_back import take_back
from admissions.workflow.transitions import ACTS

__all__ = [
    "ACTS",
    "STALE",
    "Act",
    "Arrival",
    "Draft",
    "Stage",
    "Why",
    "act_after_vote",
    "agree_correction",
    "ask_correction",
    "check_entry",
    "decline_correction",
    "draft_correction",
    "edit_dossier",
    "enter_dossier",
    "find_act",
    "find_entry_problems",
    "follow_ballot",
    "note_event",
    "open_acts",
    "perform",
    "record_papers",
    "record_reminder",
    "refuse_stale",
    "reveal_citizen_id",
    "start_again",
    "take_back",
    "take_up_arrival",
    "tell_apart",
    "try_act",
    "try_correction",
    "why_not",
    "withdraw_correction",
]
