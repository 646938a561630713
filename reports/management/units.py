"""Finding a unit as a command line names it."""

from django.core.management.base import CommandError

from branches.models import Organisation
from reports.periods import Period


def find_unit(code: str | None, period: Period) -> Organisation:
    """The unit with `code` that existed in `period`, the root of the tree without one; raises `CommandError`."""
    rows = Organisation.objects.during(period.first, period.last)
    rows = rows.filter(code=code) if code else rows.filter(parent=None)
    unit = rows.order_by("-valid_from", "path").first()
    if unit is None:
        raise CommandError(
            f"No unit has the code {code!r} in this period." if code else "There is no unit yet."
        )
    return unit
