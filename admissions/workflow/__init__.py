"""What may be done to a dossier, and doing it. Everything outside this folder calls these functions."""

from admissions.workflow.act import Act, Why
from admissions.workflow.arrivals import Arrival, Stage, take_up_arrival
from admissions.workflow.door import (
    STALE,
    open_acts,
    perform,
    record_reminder,
    refuse_stale,
    reveal_citizen_id,
    why_not,
)
from admissions.workflow.entry import (
    check_entry,
    edit_dossier,
    enter_dossier,
    find_entry_problems,
    record_papers,
    start_again,
)
from admissions.workflow.people import tell_apart
from admissions.workflow.transitions import ACTS

__all__ = [
    "ACTS",
    "STALE",
    "Act",
    "Arrival",
    "Stage",
    "Why",
    "check_entry",
    "edit_dossier",
    "enter_dossier",
    "find_entry_problems",
    "open_acts",
    "perform",
    "record_papers",
    "record_reminder",
    "refuse_stale",
    "reveal_citizen_id",
    "start_again",
    "take_up_arrival",
    "tell_apart",
    "why_not",
]
