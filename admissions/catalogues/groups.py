"""The priority groups: those in use and those no longer. Every change leaves a line in the log."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.catalogues.rights import log_change, require_right
from admissions.choices import GroupRule
from admissions.exceptions import Refused
from admissions.models import PriorityGroup
from notation.vietnamese import clean, fold


@transaction.atomic
def add_group(name: str, rule: str, *, by: User) -> PriorityGroup:
    """Add a group that follows from the fact `rule`, or is ticked where that is "". Raises `Refused`."""
    require_right(by)
    name = clean(name)
    for row in PriorityGroup.objects.all():
        if fold(row.name) == fold(name):
            words = (
                _("Đã có nhóm “%(name)s”.") if row.active else _("“%(name)s” đang ngừng dùng; hãy dùng lại.")
            )
            raise Refused({"name": words % {"name": row.name}})
        if rule and row.rule == rule:
            raise Refused({"rule": _("Nhóm “%(name)s” đã theo ô này.") % {"name": row.name}})
    if rule not in ("", *GroupRule.values):
        raise Refused({"rule": _("Chọn một dòng trong danh sách.")})
    last = PriorityGroup.objects.aggregate(last=Max("place"))["last"] or 0
    row = PriorityGroup.objects.create(name=name, rule=rule, place=last + 1)
    log_change(by, f"Thêm nhóm ưu tiên: {name}")
    return row


@transaction.atomic
def rename_group(row: PriorityGroup, name: str, *, by: User) -> None:
    """Give a group another name; its people stay. Raises `Refused` for a name that another group has."""
    require_right(by)
    name, before = clean(name), row.name
    if not name:
        raise Refused({"name": _("Ô này phải nhập.")})
    if any(fold(other.name) == fold(name) for other in PriorityGroup.objects.exclude(pk=row.pk)):
        raise Refused({"name": _("Đã có nhóm “%(name)s”.") % {"name": name}})
    if name != before:
        row.name = name
        row.save(update_fields=["name"])
        log_change(by, f"Đổi tên nhóm ưu tiên: {before} → {name}")


@transaction.atomic
def switch_group(row: PriorityGroup, active: bool, *, by: User) -> None:
    """Use a group again, or no longer; whoever was ticked stays ticked."""
    require_right(by)
    if row.active != active:
        row.active = active
        row.save(update_fields=["active"])
        log_change(by, f"{'Dùng lại' if active else 'Ngừng dùng'} nhóm ưu tiên: {row.name}")
