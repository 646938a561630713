"""Finding a unit as a command line names it."""

from django.core.management.base import CommandError

from branches.models import Organisation


def find_unit(code, period):
    """The unit with `code` that existed in `period`, the root of the tree without one; raises `CommandError`."""
    rows = Organisation.objects.during(period.first, period.last)
    unit = (
        (rows.filter(code=code) if code else rows.filter(parent=None)).order_by("-valid_from", "path").first()
    )
    if unit is None:
        raise CommandError(f"Không có đơn vị mã {code!r} trong kỳ này." if code else "Chưa có đơn vị nào.")
    return unit
