"""Giving quotas: assigned from above, proposed from below, one by one or a whole column. Nothing is overwritten.

Whoever may set quotas at a unit sets those of the units below it, never its own; only what stands at the root of the
tree has no level above, and its congress's figure is recorded by whoever may set quotas there.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused, Stale
from branches.models import Organisation
from notation.dates import dmy, format_moment, today
from notation.numbers import NOTHING, format_number
from notation.vietnamese import clean
from reports.models import Basis, MemberCount, Quota
from reports.models.quota import QuotaQuerySet
from reports.periods import Period
from reports.quotas.attainment import quota_in_words

Kind, Answer = Quota.Kind, Quota.State
MOST = 100_000
"""More members than any unit is ever asked to admit."""
WHOLE = re.compile(r"[0-9]{1,3}(?:[.\s][0-9]{3})+|[0-9]+")


@dataclass(frozen=True)
class Amount:
    """How much a quota asks for: the columns that its kind needs, the others None."""

    kind: str = Kind.NUMBER
    number: int | None = None
    high: int | None = None
    rate: Decimal | None = None
    membership: MemberCount | None = None

    def said_by(self, quota):
        mine = (self.kind, self.number, self.high, self.rate, self.membership and self.membership.pk)
        return mine == (quota.kind, quota.number, quota.high, quota.rate, quota.membership_id)


NEEDS: dict[str, tuple[str, ...]] = {
    Kind.NUMBER: ("number",),
    Kind.AVERAGE: ("number",),
    Kind.RANGE: ("number", "high"),
    Kind.RATE: ("rate", "membership"),
    Kind.SHARE: ("rate",),
}
"""The columns that each kind fills, and no others."""


# Who may


def may_assign(user: User, unit: Organisation) -> bool:
    """Whether `user` sets the quota of `unit`: from the level above it, or for the root of the tree."""
    if unit.parent_id is None:
        return user.may(Permission.SET_QUOTA, unit)
    above = unit.path.removesuffix(f"{unit.pk}/")
    return any(above.startswith(path) for path in user.scope(Permission.SET_QUOTA))


def may_propose(user: User, unit: Organisation) -> bool:
    """Whether `user` proposes a quota for `unit`: the base committee, for its own organisation and its branches."""
    return unit.parent_id is not None and user.may(Permission.BASE_WORK, unit)


def may_count(user: User, unit: Organisation) -> bool:
    """Whether `user` writes down how many members `unit` has."""
    return user.may(Permission.BASE_WORK, unit) or user.may(Permission.SET_QUOTA, unit)


# One quota


def record_basis(number: str, on: date, *, issuer: str, title: str = "") -> Basis:
    """The document of `issuer` with this number and date; written down when it is new."""
    if on > today():
        raise Refused({"basis_on": _("Văn bản không thể ghi ngày sau hôm nay.")})
    row, _new = Basis.objects.get_or_create(number=number, on=on, issuer=issuer, defaults={"title": title})
    return row


MISSING = {
    "number": gettext_lazy("Ghi số chỉ tiêu."),
    "high": gettext_lazy("Ghi mức trên của khoảng."),
    "rate": gettext_lazy("Ghi tỷ lệ."),
    "membership": gettext_lazy("Ghi ngày của số đảng viên dùng làm mẫu số."),
}


def check_amount(unit: Organisation, period: Period, amount: Amount) -> None:
    """Raise `Refused` unless `amount` can be asked of `unit` in `period`."""
    needed = NEEDS[amount.kind]
    missing = [name for name in needed if getattr(amount, name) is None]
    if missing:
        raise Refused({name: MISSING[name] for name in missing})
    beyond = [
        name
        for name in ("number", "high", "rate", "membership")
        if name not in needed and getattr(amount, name) is not None
    ]
    if beyond:
        raise Refused({name: _("Cách giao này không dùng ô này; để trống.") for name in beyond})
    if amount.high is not None and amount.number is not None and amount.high < amount.number:
        raise Refused({"high": _("Mức trên nhỏ hơn mức dưới.")})
    if amount.rate is not None and not 0 <= amount.rate <= 100:
        raise Refused({"rate": _("Tỷ lệ từ 0 đến 100.")})
    if amount.membership is not None and amount.membership.unit_id != unit.pk:
        raise Refused({"membership": _("Số đảng viên này là của đơn vị khác.")})
    if amount.kind == Kind.AVERAGE and not _whole_years(period):
        raise Refused({"kind": _("Bình quân mỗi năm chỉ giao cho nhiệm kỳ nhiều năm trọn.")})
    if amount.kind == Kind.SHARE and unit.is_branch:
        raise Refused({"kind": _("Tỷ lệ chi bộ chỉ giao cho đơn vị có chi bộ trực thuộc.")})


def _whole_years(period):
    ends = (period.first.month, period.first.day, period.last.month, period.last.day)
    return ends == (1, 1, 12, 31) and period.last.year > period.first.year


def quota_history(
    unit: Organisation, period: Period, measure: str = "admitted", share: bool = False
) -> QuotaQuerySet:
    """All that was ever said of one cell, the oldest first; of the share of branches when `share`."""
    rows = Quota.objects.of(period, measure).filter(unit=unit)
    return rows.filter(kind=Kind.SHARE) if share else rows.heads()


@transaction.atomic
def assign_quota(
    unit: Organisation, period: Period, amount: Amount, *, by: User, basis: Basis, measure: str = "admitted"
) -> tuple[Quota, bool]:
    """(row, whether it is new): assign `amount` to `unit`, over what was assigned before and over its proposal.

    Asking again for what holds already, on the same basis, writes nothing. Raises `Refused`, `PermissionDenied`.
    """
    if not may_assign(by, unit):
        raise PermissionDenied
    check_amount(unit, period, amount)
    cell = quota_history(unit, period, measure, amount.kind == Kind.SHARE)
    former, proposal = cell.current().first(), cell.pending().first()
    if former and not proposal and former.basis_id == basis.pk and amount.said_by(former):
        return former, False
    facts = {"state": Answer.ASSIGNED, "revises": former, "answers": proposal, "basis": basis}
    return _write(unit, period, amount, by=by, measure=measure, **facts), True


@transaction.atomic
def propose_quota(
    unit: Organisation,
    period: Period,
    amount: Amount,
    *,
    by: User,
    measure: str = "admitted",
    reason: str = "",
) -> Quota:
    """The proposal of `amount` for `unit`, in place of one that still waits. Raises `Refused`, `PermissionDenied`."""
    if not may_propose(by, unit):
        raise PermissionDenied
    check_amount(unit, period, amount)
    cell = quota_history(unit, period, measure, amount.kind == Kind.SHARE)
    former = cell.filter(state=Answer.PROPOSED, revision__isnull=True).first()
    facts = {"state": Answer.PROPOSED, "revises": former, "reason": reason}
    return _write(unit, period, amount, by=by, measure=measure, **facts)


@transaction.atomic
def decline_proposal(proposal: Quota, *, by: User, reason: str) -> Quota:
    """Answer a proposal with no, and why. Raises `Refused`, `PermissionDenied`."""
    if not may_assign(by, proposal.unit):
        raise PermissionDenied
    reason = clean(reason)
    if not reason:
        raise Refused({"reason": _("Ghi lý do không nhận đề nghị.")})
    if len(reason) > 300:
        raise Refused({"reason": _("Lý do dài %(n)d chữ, tối đa 300.") % {"n": len(reason)}})
    if not Quota.objects.pending().filter(pk=proposal.pk).exists():
        raise Stale(_("Đề nghị này đã được trả lời hoặc thay bằng đề nghị khác."))
    amount = Amount(*(getattr(proposal, name) for name in Amount.__dataclass_fields__))
    facts = {"state": Answer.DECLINED, "answers": proposal, "reason": reason}
    return _write(proposal.unit, proposal, amount, by=by, measure=proposal.measure, **facts)


def _write(unit, period, amount, **facts):
    facts |= {name: getattr(amount, name) for name in Amount.__dataclass_fields__}
    try:
        with transaction.atomic():
            return Quota.objects.create(unit=unit, first=period.first, last=period.last, **facts)
    except IntegrityError as error:
        raise Stale(_("Người khác vừa giao chỉ tiêu này. Mở lại trang để xem số mới.")) from error


def record_membership(
    unit: Organisation, on: date, number: int, *, by: User, replaces: int | None = None
) -> MemberCount:
    """Write how many members `unit` had on a day; a number that a quota rests on stays.

    Another number that was written before is replaced by whoever has seen it, `replaces`. Raises `Refused`, or `Stale`
    with who wrote it.
    """
    if not may_count(by, unit):
        raise PermissionDenied
    if on > today():
        raise Refused({"on": _("Ngày này chưa đến.")})
    row = MemberCount.objects.filter(unit=unit, on=on).first()
    quota = row.quotas.first() if row and row.number != number else None
    if quota:
        words = _("Đã có chỉ tiêu tính trên số này (%(words)s).")
        raise Refused({"number": words % {"words": quota_in_words(quota)}})
    if row and row.number not in (number, replaces):
        facts = {
            "who": row.by.full_name if row.by else NOTHING,
            "at": format_moment(row.at),
            "n": format_number(row.number),
        }
        words = _("%(who)s, %(at)s ghi %(n)s. Lưu lại là thay số đó.")
        raise Stale({"number": words % facts})
    if row and row.number != number:
        log_change(by, f"Số đảng viên {unit.title} ngày {dmy(on)}: {row.number} → {number}")
    return MemberCount.objects.update_or_create(unit=unit, on=on, defaults={"number": number, "by": by})[0]


def whole_number(text: str, most: int = MOST) -> int | None:
    """The number that a cell holds, None when it is empty; raises `Refused` with a sentence.

    A point or a space stands before three digits only: "1.2" is not twelve, "1.000" is a thousand.
    """
    text = text.strip()
    if not text:
        return None
    if not WHOLE.fullmatch(text):
        raise Refused(_("“%(text)s” không phải số nguyên.") % {"text": text[:20]})
    number = int(re.sub(r"\D", "", text)[:20])
    if number > most:
        raise Refused(
            _("%(number)s quá lớn: nhiều nhất %(most)s.")
            % {"number": format_number(number), "most": format_number(most)}
        )
    return number


def known_bases(unit: Organisation) -> QuerySet[Basis]:
    """The documents that quotas of `unit` or of the units directly under it rest on, the latest first."""
    return Basis.objects.filter(Q(quotas__unit=unit) | Q(quotas__unit__parent=unit)).distinct()
