"""What may be done to a dossier, and doing it. Everything outside this folder calls these functions."""

from admissions.workflow.act import Act, Why
from admissions.workflow.arrivals import Arrival, Stage, take_up_arrival
from admissions.workflow.door import open_acts, perform, record_reminder, reveal_citizen_id, why_not
from admissions.workflow.entry import check_entry, edit_dossier, enter_dossier, record_papers, start_again
from admissions.workflow.transitions import ACTS

__all__ = [
    "ACTS",
    "Act",
    "Arrival",
    "Stage",
    "Why",
    "check_entry",
    "edit_dossier",
    "enter_dossier",
    "open_acts",
    "perform",
    "record_papers",
    "record_reminder",
    "reveal_citizen_id",
    "start_again",
    "take_up_arrival",
    "why_not",
]
