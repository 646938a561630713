"""Closed quarters, as far as the register needs them: a reason is asked for what changes their figures.

Closing belongs to `reports`, which stands above; `settings.CLOSED_QUARTER_LOOKUP` names the function to ask.
"""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from admissions.exceptions import Refused
from admissions.models import Dossier
from notation.vietnamese import clean

PRINTED = {"full_name"}
"""What a closed quarter's list prints of the person as they are today; the rest of it is frozen at admission."""


def closed_quarter_of(dossier: Dossier) -> object | None:
    """The closed quarter in which the admission of `dossier` counts, printable; None without one."""
    return import_string(settings.CLOSED_QUARTER_LOOKUP)(dossier)


def require_exception_reason(quarter: object | None, reason: str | None) -> None:
    """Raise `Refused` when something is recorded in the closed `quarter` without a `reason`."""
    if quarter and not clean(reason or ""):
        words = _("Báo cáo %(quarter)s đã khóa: ghi lý do, việc này thành một điều chỉnh.")
        raise Refused({"exception": words % {"quarter": quarter}})
