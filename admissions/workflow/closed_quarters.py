"""Quarters whose report is closed, as far as the register has to know: an admission enters or leaves one, or is
corrected in one, for a reason only.

Closing belongs to `reports`, which stands above and says at its start how to ask (`reports.apps`).
"""

from django.utils.translation import gettext as _

from admissions.exceptions import Refused
from notation.vietnamese import clean

PRINTED = {"full_name", "born_on", "ethnicity", "religion"}
"""What a closed quarter's list prints of a person; what is frozen at admission no correction touches."""

_ask = [lambda dossier: None]


def set_closed_quarter_lookup(ask):
    """Answer `quarter_of` by `ask` from now on."""
    _ask[:] = [ask]


def closed_quarter_of(dossier):
    """The closed quarter in which the admission of `dossier` counts, in words; None where it counts in none."""
    return _ask[0](dossier)


def require_exception_reason(quarter, reason):
    """Raise `Refused` when something is recorded in the closed `quarter` without a `reason`."""
    if quarter and not clean(reason or ""):
        words = _("Báo cáo %(quarter)s đã khóa: ghi lý do, việc này thành một điều chỉnh.")
        raise Refused({"exception": words % {"quarter": quarter}})
