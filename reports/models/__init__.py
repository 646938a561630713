from reports.models.closed_year import ClosedLine, ClosedYear
from reports.models.closing import ChangedSinceClosing, ClosedAdmission, QuarterClosing, UnitTotals
from reports.models.confirmation import QuarterConfirmation
from reports.models.job import Job
from reports.models.movement import ClosedMovement, MembershipMovement
from reports.models.quota import Basis, MemberCount, Quota, QuotaQuerySet, Term
from reports.models.report_text import ReportText
from reports.models.saved_view import SavedView

__all__ = [
    "Basis",
    "ChangedSinceClosing",
    "ClosedAdmission",
    "ClosedLine",
    "ClosedMovement",
    "ClosedYear",
    "Job",
    "MemberCount",
    "MembershipMovement",
    "QuarterClosing",
    "QuarterConfirmation",
    "Quota",
    "QuotaQuerySet",
    "ReportText",
    "SavedView",
    "Term",
    "UnitTotals",
]
