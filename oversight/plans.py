"""The verbs of resolutions, plans and decisions: write one down, change what it says, set its sub-targets."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused
from branches.models import Organisation, Tier
from branches.successions import describe_absence
from notation.dates import dmy, today
from notation.vietnamese import clean
from oversight.models import Plan, SubTarget
from oversight.target_groups import GROUPS
from reports import periods
from reports.models import Term
from reports.periods import Period
from reports.quotas.assign import MOST, record_basis
from reports.quotas.attainment import is_year

ISSUING = (Tier.PROVINCE, Tier.DISTRICT, Tier.BASE)
"""The levels that have resolutions and plans of their own."""


def may_write_plan(user: User, unit: Organisation) -> bool:
    """Whether `user` writes down the documents of `unit`: who oversees it, or its base committee for itself."""
    if unit.tier not in ISSUING:
        return False
    return user.may(Permission.BASE_WORK if unit.tier == Tier.BASE else Permission.OVERSEE, unit)


def plan_period(plan: Plan) -> Period:
    """The days of a plan as the year or the term that they are."""
    if is_year(plan.first, plan.last):
        return periods.year_period(plan.first.year)
    term = Term.objects.filter(first=plan.first, last=plan.last).first()
    return periods.term_period(term) if term else periods.any_days(plan.first, plan.last)


def possible_bases(unit: Organisation) -> Q:
    """A condition on plans: those of `unit` and of the levels above it, which its own may rest on."""
    return Q(unit__in=unit.ancestor_ids())


@transaction.atomic
def record_plan(
    unit: Organisation,
    *,
    kind: str,
    number: str,
    on: date,
    title: str,
    first: date,
    last: date,
    by: User,
    rests_on: Plan | None = None,
    lead: str = "",
    content: str = "",
    every_branch: bool = False,
) -> Plan:
    """Write down a document of `unit`; one that quotas rest on already becomes a page of its own.

    Raises `Refused` with sentences by field ("number", "on", "title", "last", "rests_on"), `PermissionDenied`.
    """
    if not may_write_plan(by, unit):
        raise PermissionDenied
    number, title = clean(number), clean(title)
    wrong = _check_plan(unit, number=number, on=on, title=title, first=first, last=last, rests_on=rests_on)
    if wrong:
        raise Refused(wrong)
    basis = _own_basis(unit, number, on, title)
    says = {"lead": clean(lead), "content": content.strip(), "every_branch": every_branch}
    facts = {"kind": kind, "basis": basis, "rests_on": rests_on, "first": first, "last": last}
    plan = Plan.objects.create(unit=unit, **facts, **says, by=by)
    log_change(by, f"Ghi văn bản {basis} của {unit.title}")
    return plan


def _own_basis(unit, number, on, title):
    """The basis of a new document, perhaps one that quotas name already; raises `Refused` for one with a page."""
    basis = record_basis(number, on, issuer=unit.title, title=title)
    if Plan.objects.filter(basis=basis).exists():
        raise Refused({"number": _("Văn bản %(basis)s đã ghi rồi.") % {"basis": basis}})
    if not basis.title:
        basis.title = title
        basis.save(update_fields=["title"])
    return basis


def _check_plan(unit, *, number, on, title, first, last, rests_on):
    wrong = {}
    if not number:
        wrong["number"] = _("Ghi số, ký hiệu của văn bản.")
    if not title:
        wrong["title"] = _("Ghi trích yếu của văn bản.")
    if on > today():
        wrong["on"] = _("Văn bản không thể ghi ngày sau hôm nay.")
    elif not unit.exists_on(on):
        wrong["on"] = describe_absence(unit, on)
    if last < first:
        words = _("Ngày cuối %(last)s trước ngày đầu %(first)s.")
        wrong["last"] = words % {"last": dmy(last), "first": dmy(first)}
    if rests_on and rests_on.unit_id not in unit.ancestor_ids():
        wrong["rests_on"] = _("Chỉ căn cứ vào văn bản của đơn vị hoặc của cấp trên.")
    elif rests_on and rests_on.basis.on > on:
        words = _("Văn bản căn cứ ghi ngày %(day)s, sau văn bản này.")
        wrong["rests_on"] = words % {"day": dmy(rests_on.basis.on)}
    return wrong


@transaction.atomic
def change_plan(
    plan: Plan,
    *,
    lead: str,
    content: str,
    every_branch: bool,
    targets: Mapping[str, int | None],
    by: User,
) -> Plan:
    """Change what a document says beside its number and days; `targets` are {key of a group: number or None}.

    Raises `Refused` with sentences by field ("target_<key>"), `PermissionDenied`.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit", "basis").get(pk=plan.pk)
    if not may_write_plan(by, plan.unit):
        raise PermissionDenied
    set_sub_targets(plan, targets, by=by)
    plan.lead, plan.content, plan.every_branch = clean(lead), content.strip(), every_branch
    plan.save(update_fields=["lead", "content", "every_branch"])
    log_change(by, f"Sửa nội dung {plan.basis} của {plan.unit.title}")
    return plan


@transaction.atomic
def set_sub_targets(plan: Plan, targets: Mapping[str, int | None], *, by: User) -> None:
    """Set the sub-targets of a plan: a number for each key of `target_groups.GROUPS`, None for none.

    Raises `Refused` for what is no group or no number of people, `PermissionDenied`.
    """
    if not may_write_plan(by, plan.unit):
        raise PermissionDenied
    wrong = {}
    for key, number in targets.items():
        if key not in GROUPS:
            wrong[f"target_{key}"] = _("Không có nhóm này.")
        elif number is not None and not 0 < number <= MOST:
            wrong[f"target_{key}"] = _("Chỉ tiêu của nhóm từ 1 trở lên; không giao thì để trống.")
    if wrong:
        raise Refused(wrong)
    before = dict(plan.sub_targets.values_list("measure", "number"))
    after = {key: number for key, number in targets.items() if number is not None}
    if before == after:
        return
    plan.sub_targets.all().delete()
    SubTarget.objects.bulk_create(
        SubTarget(plan=plan, measure=key, number=after[key]) for key in GROUPS if key in after
    )
    with override("vi"):
        told = "; ".join(
            f"{group.label} {before.get(key, '–')} → {after.get(key, '–')}"
            for key, group in GROUPS.items()
            if key in before or key in after
        )
    log_change(by, f"Chỉ tiêu theo nhóm, {plan.basis}: {told}")


def list_family(plan: Plan) -> list[Plan]:
    """`plan` and the documents of the same unit that rest on it, directly or through others, in the same days."""
    found, waiting = [plan], [plan.pk]
    while waiting:
        rows = Plan.objects.filter(rests_on__in=waiting, unit=plan.unit_id).select_related("basis")
        after = [row for row in rows if row.first >= plan.first and row.last <= plan.last]
        found += after
        waiting = [row.pk for row in after]
    return found
