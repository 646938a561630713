"""What a unit that ended still had to admit goes over to its heir; its own quota becomes what it reached.

So the quotas of a table add up as before. Rows are only added: each is a revision that rests on the decision.
"""

from accounts.models import User
from branches.hand_over import Handed, HandOver
from branches.models import Organisation
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES
from reports.models import Basis, Quota
from reports.quotas.assign import Amount, assign_quota, record_basis
from reports.quotas.attainment import is_year, quota_target

Kind = Quota.Kind


def hand_over_quotas(hand_over: HandOver, *, by: User) -> Handed:
    """Hand over the rest of every quota in heads that is not over, to one heir whole, to several as `heads` says.

    An average over a term and a share of branches are left: someone has to set them anew.
    """
    quotas = Quota.objects.current().filter(unit=hand_over.old, last__gte=hand_over.on)
    moved, left = 0, 0
    for quota in quotas.select_related("membership", "unit").order_by("pk"):
        if quota.kind in (Kind.AVERAGE, Kind.SHARE):
            left += 1
            continue
        given = _given(hand_over, quota)
        for heir, (low, high) in given.items():
            basis = record_basis(hand_over.basis, hand_over.on, issuer="")
            _change(heir, quota, low, high, by=by, basis=basis)
            _change(quota.unit, quota, -low, -high, by=by, basis=basis)
        moved += bool(given)
    return Handed("quotas", moved, left)


def _given(hand_over, quota):
    """{heir: (how many members of the rest it takes over, and of a range's upper end)}, those with some."""
    reached = 0
    if quota.first <= hand_over.last:
        until = periods.any_days(quota.first, hand_over.last)
        (reached,) = figures.tally_cells(quota.unit, [(until, MEASURES[quota.measure])])
    target = quota_target(quota, periods.any_days(quota.first, quota.last)).number
    rest = max(0, target - reached), max(0, (quota.high or target) - reached)
    if hand_over.only_heir:
        return {hand_over.only_heir: rest} if rest[1] else {}
    runs = is_year(quota.first, quota.last) and quota.first <= hand_over.on
    if quota.measure != ADMITTED.key or not runs:
        return {}
    given, (low, high) = {}, rest
    for heir in hand_over.heirs:
        low_part = min(hand_over.heads.get(heir.pk, 0), low)
        high_part = min(hand_over.heads.get(heir.pk, 0), high)
        low, high = low - low_part, high - high_part
        if high_part:
            given[heir] = low_part, high_part
    return given


def _change(unit: Organisation, like: Quota, low: int, high: int, *, by: User, basis: Basis) -> None:
    """Add `low` heads to the quota of `unit` in the period and measure of `like`, to a range's upper end `high`."""
    period = periods.any_days(like.first, like.last)
    cell = Quota.objects.current().heads().of(period, like.measure).filter(unit=unit)
    own = cell.select_related("membership").first()
    target = quota_target(own, period).number if own else 0
    number, most = target + low, (own.high if own and own.high else target) + high
    amount = Amount(number=number) if most == number else Amount(kind=Kind.RANGE, number=number, high=most)
    assign_quota(unit, period, amount, by=by, basis=basis, measure=like.measure)
