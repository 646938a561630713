"""What of the year's work is due to somebody: reviews, remarks, visits, tasks, nominations, answers.

What is due lies in the rooms that know of it: each offers a function, and `settings.ERRANDS_BY` names them.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from notation.dates import today


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One line of the day's page. `due` is the last day, None where no day is set; `url` opens what is to be done."""

    unit: str
    what: str
    url: str
    due: date | None = None
    detail: str = ""

    def mark(self, day: date) -> str:
        """The shape before it on `day`: "late" once its day has passed, "soon" within seven days."""
        if self.due is None:
            return "wait"
        left = (self.due - day).days
        return "late" if left < 0 else "soon" if left <= 7 else "wait"

    def left(self, day: date) -> str:
        """How far off its day is on `day`: "còn 6 ngày", "hôm nay", "quá 4 ngày"; "" without a day."""
        if self.due is None:
            return ""
        days = (self.due - day).days
        if not days:
            return _("hôm nay")
        if days < 0:
            return ngettext("quá %(n)d ngày", "quá %(n)d ngày", -days) % {"n": -days}
        return ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}


def list_errands(user: User) -> list[Errand]:
    """What is due to `user` today, the earliest first; errands without a day come last."""
    errands = [errand for name in settings.ERRANDS_BY for errand in import_string(name)(user, today())]
    return sorted(errands, key=lambda errand: (errand.due is None, errand.due or date.max, errand.unit))
