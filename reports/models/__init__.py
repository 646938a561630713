from reports.models.closing import Entry, Quarter, Touched, UnitTotals
from reports.models.job import Job
from reports.models.movement import MembershipMovement
from reports.models.quota import Basis, Membership, Quota, QuotaQuerySet, Term
from reports.models.report_text import ReportText
from reports.models.saved_view import SavedView

__all__ = [
    "Basis",
    "Entry",
    "Job",
    "Membership",
    "MembershipMovement",
    "Quarter",
    "Quota",
    "QuotaQuerySet",
    "ReportText",
    "SavedView",
    "Term",
    "Touched",
    "UnitTotals",
]
