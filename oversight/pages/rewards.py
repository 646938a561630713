"""The register of rewards and criticism: what waits for a decision, what was decided, and the proposal of a unit."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from branches.models import Organisation
from notation.numbers import format_number, format_percent
from oversight.models import Reward
from oversight.pages.letters import letter_period
from oversight.rewards import may_decide_reward
from reports.exports.document import Column, Row, Table
from reports.periods import Period
from reports.quotas import attainment


@dataclass(frozen=True)
class Proposal:
    """A reward or criticism that waits, and whether the reader decides it."""

    reward: Reward
    may_decide: bool


def _rewards(user, unit):
    rows = Reward.objects.for_user(user).under(unit)
    return rows.select_related("unit__parent__parent", "proposed_by", "decided_by")


def list_proposals(user: User, unit: Organisation) -> list[Proposal]:
    """What waits for a decision under `unit`, the oldest first."""
    rows = _rewards(user, unit).filter(state=Reward.State.PROPOSED).order_by("proposed_on", "pk")
    return [Proposal(row, may_decide_reward(user, row)) for row in rows]


def list_decided(user: User, unit: Organisation, period: Period | None = None) -> list[Reward]:
    """What was decided, or declined, under `unit`, the latest first; of the rewards for `period` only, if asked."""
    rows = _rewards(user, unit).exclude(state=Reward.State.PROPOSED)
    if period:
        rows = rows.filter(first__gte=period.first, last__lte=period.last)
    return list(rows.order_by("-decided_on", "-pk"))


def reason_for(unit: Organisation, period: Period) -> str:
    """A reason to begin a proposal with: what was reached of the quota."""
    row = attainment.unit_row(unit, period)
    facts = {"period": capfirst(str(period)), "admitted": format_number(row.admitted)}
    if not row.quota:
        return _("%(period)s kết nạp %(admitted)s đảng viên.") % facts
    facts |= {"quota": format_number(row.quota), "share": format_percent(row.percent)}
    words = _("%(period)s kết nạp %(admitted)s đảng viên trên chỉ tiêu %(quota)s, đạt %(share)s.")
    return words % facts


def register_table(rewards: list[Reward]) -> Table:
    """The register as a table: what was decided, of whom, for which days, by which decision."""
    columns = (
        Column("no", _("TT"), 5, "number"),
        Column("unit", _("Đơn vị"), 34),
        Column("kind", _("Hình thức"), 14),
        Column("period", _("Kỳ"), 16),
        Column("reason", _("Thành tích, lý do"), 44),
        Column("number", _("Số quyết định"), 16),
        Column("on", _("Ngày quyết định"), 13, "date"),
    )
    decided = [row for row in reversed(rewards) if row.state == Reward.State.DECIDED]
    rows = tuple(
        Row(
            (
                n,
                row.unit.title,
                row.get_kind_display(),
                str(letter_period(row)),
                row.reason,
                row.number,
                row.decided_on,
            )
        )
        for n, row in enumerate(decided, start=1)
    )
    return Table("rewards", _("Sổ khen thưởng"), columns, rows, tall=True, signed=True)
