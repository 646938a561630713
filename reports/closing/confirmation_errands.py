"""What of the confirmations of a quarter is due to somebody on the day's page (`admissions.worklist.errands`)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from admissions.worklist.errands import Errand
from notation.dates import dmy
from reports import periods
from reports.closing.confirmations import CONFIRMING, list_standings, read_standing
from reports.closing.reading import valid_closing
from reports.links import confirmations_url


def list_confirmation_errands(user: User, day: date) -> Iterator[Errand]:
    """The last quarter's figures to confirm, of the units of the user's own posts; who under them has not."""
    quarter = periods.last_ended_quarter()
    if valid_closing(quarter.first.year, quarter.number):
        return
    due = quarter.last + timedelta(days=settings.CLOSING_DAYS) if settings.CLOSING_DAYS else None
    for unit in dict.fromkeys(post.unit for post in user.current_posts):
        if not user.may(Permission.CONFIRM_QUARTER, unit):
            continue
        url = confirmations_url(unit, quarter)
        if (
            unit.parent_id
            and unit.tier in CONFIRMING
            and not (standing := read_standing(unit, quarter)).holds
        ):
            words = _("Xác nhận số liệu %(quarter)s") % {"quarter": quarter}
            yield Errand(unit=unit.title, what=words, url=url, due=due, detail=_tell_reminder(standing))
        if missing := sum(not row.holds for row in list_standings(unit, quarter)):
            words = ngettext(
                "%(n)d đơn vị chưa xác nhận số liệu %(quarter)s",
                "%(n)d đơn vị chưa xác nhận số liệu %(quarter)s",
                missing,
            )
            yield Errand(unit=unit.title, what=words % {"n": missing, "quarter": quarter}, url=url, due=due)


def _tell_reminder(standing):
    if standing.reminded is None:
        return ""
    words = _("%(by)s nhắc ngày %(day)s")
    return words % {"by": standing.reminded.by.full_name, "day": dmy(localtime(standing.reminded.at).date())}
