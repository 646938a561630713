"""Base organisations that decide on admissions themselves. Every change leaves a line in the log."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from admissions.catalogues.rights import log_change, require_right
from admissions.choices import Decider
from admissions.exceptions import Refused
from admissions.models import DecidingBody
from branches.models import Organisation, Tier
from notation.dates import dmy
from notation.vietnamese import clean


@transaction.atomic
def add_deciding_body(
    unit: Organisation, decider: str, *, since: date, until: date | None, basis: str, by: User
) -> DecidingBody:
    """Let `unit` decide itself from `since` to `until`; raises `Refused` with sentences by field."""
    require_right(by)
    wrong = {}
    if unit.tier != Tier.BASE or unit.is_base_branch:
        wrong["unit"] = _("%(unit)s không có cấp ủy cơ sở.") % {"unit": unit.title}
    elif not unit.exists_on(since):
        wrong["since"] = _("%(unit)s không có vào ngày này.") % {"unit": unit.title}
    if decider not in Decider.values:
        wrong["decider"] = _("Chọn ai quyết định.")
    if until and until < since:
        wrong["until"] = _("%(until)s trước ngày %(since)s.") % {"until": dmy(until), "since": dmy(since)}
    if not clean(basis):
        wrong["basis"] = _("Ghi số, ngày của văn bản.")
    others = DecidingBody.objects.filter(Q(until=None) | Q(until__gte=since), unit=unit)
    if not wrong and (other := others.filter(since__lte=until or date.max).first()):
        words = _("Đã ghi từ %(since)s: %(decider)s. Ghi ngày hết của dòng đó trước.")
        wrong["since"] = words % {"since": dmy(other.since), "decider": other.get_decider_display()}
    if wrong:
        raise Refused(wrong)
    row = DecidingBody.objects.create(
        unit=unit, decider=decider, since=since, until=until, basis=clean(basis), by=by
    )
    log_change(by, f"Thẩm quyền quyết định: {_told(row)}, từ {dmy(since)} ({row.basis})")
    return row


@transaction.atomic
def end_deciding_body(row: DecidingBody, until: date, *, by: User) -> None:
    """The unit decides itself until `until`, that day included; raises `Refused`."""
    require_right(by)
    if until < row.since:
        words = _("%(until)s trước ngày %(since)s.")
        raise Refused({"until": words % {"until": dmy(until), "since": dmy(row.since)}})
    later = DecidingBody.objects.filter(unit=row.unit, since__gt=row.since, since__lte=until).first()
    if later:
        words = _("Đã ghi từ %(since)s: %(decider)s. Ghi ngày hết của dòng đó trước.")
        values = {"since": dmy(later.since), "decider": later.get_decider_display()}
        raise Refused({"until": words % values})
    row.until = until
    row.save(update_fields=["until"])
    log_change(by, f"Thẩm quyền quyết định: {_told(row)}, đến {dmy(until)}")


def _told(row):
    with override("vi"):
        return f"{row.unit.title}, {row.get_decider_display()}"
