"""What may be done to a dossier, and doing it. Everything outside this folder calls these functions."""

from admissions.workflow.door import open_to, perform, remind, reveal_citizen_id, why_not
from admissions.workflow.entry import again, check_entry, edit, enter, record_papers
from admissions.workflow.transitions import ACTS, Act, Why

__all__ = [
    "ACTS",
    "Act",
    "Why",
    "again",
    "check_entry",
    "edit",
    "enter",
    "open_to",
    "perform",
    "record_papers",
    "remind",
    "reveal_citizen_id",
    "why_not",
]
