"""Shares of branches: how many of a unit's branches admitted at least one, against the rate that is asked for."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from branches.models import Organisation
from branches.successions import origins_by_unit
from branches.today import is_today, rows_under
from notation.dates import today
from reports.figures import figures
from reports.measures import ADMITTED, Measure
from reports.models import Quota
from reports.periods import Period
from reports.quotas import attainment


@dataclass(frozen=True)
class Share:
    """Of the `branches` of a unit (`branches_counted`) those that admitted someone, against a quota's rate."""

    unit: Organisation
    admitting: int
    branches: int
    quota: Quota | None

    @property
    def words(self) -> str | None:
        return None if self.quota is None else attainment.quota_in_words(self.quota)

    @property
    def reached(self) -> Decimal | None:
        """The share of branches that admitted someone, in per cent; None without a branch."""
        return attainment.percent_of(self.admitting, self.branches)

    @property
    def needed(self) -> int | None:
        """How many branches the rate asks for: the fewest that reach it."""
        if self.quota is None:
            return None
        return int((self._rate * self.branches / 100).quantize(Decimal(1), ROUND_CEILING))

    @property
    def _rate(self) -> Decimal:
        """The rate that is asked for, in per cent."""
        return Decimal(self.quota.rate or 0) if self.quota else Decimal()

    @property
    def percent(self) -> Decimal | None:
        """The share reached over the share asked for, in per cent; None without a quota."""
        return (
            None
            if self.quota is None
            else attainment.percent_of(100 * self.admitting, self._rate * self.branches)
        )

    @property
    def gap(self) -> int | None:
        return None if not self.needed else self.admitting - self.needed


def branches_counted(
    unit: Organisation, period: Period, measure: Measure = ADMITTED
) -> tuple[list[Organisation], set[int]]:
    """([the branches under `unit` that a share of `period` counts], primary keys of those with an admission), by name.

    A succession counts once: a branch that ended in the period counts as what took over from it under `unit`, and its
    admissions as those of one successor, of several one that has none of its own (docs/decisions/0023).
    """
    admitted = set(figures.list_figure(unit, period, measure).values_list("admitted_branch", flat=True))
    below = rows_under(unit).objects.under(unit).branches()
    if is_today(unit):
        rows = list(below.on(today()))
        return rows, _having_today(unit, rows, admitted)
    rows = list(below.during(period.first, period.last))
    ended = [row for row in rows if row.ended_before(min(period.last, today()))]
    heirs = heirs_among(ended, rows) if ended else {}
    counted = [row for row in rows if row.pk not in heirs]
    having = {row.pk for row in counted} & admitted
    for pk in sorted(heirs.keys() & admitted):
        if not having.intersection(heirs[pk]):
            having.add(heirs[pk][0])
    return counted, having


def _having_today(unit, rows, admitted):
    """Primary keys of those of `rows` that have one of the branches `admitted`; one that ended counts for one heir."""
    heirs, keys = unit.heirs, {row.path: row.pk for row in rows}
    having = admitted & {row.pk for row in rows}
    for pk in sorted(admitted & heirs.places.keys()):
        after = [keys[path] for path in heirs.places[pk] if path in keys]
        if after and not having.intersection(after):
            having.add(after[0])
    return having


def heirs_among(ended: list[Organisation], rows: list[Organisation]) -> dict[int, list[int]]:
    """{primary key: those of `rows` that stand and took over from it, by name} of the units that `ended`."""
    gone, origins = {row.pk for row in ended}, origins_by_unit()
    found: dict[int, list[int]] = {}
    for row in rows:
        for origin in origins.get(row.pk, ()):
            if row.pk not in gone and origin in gone:
                found.setdefault(origin, []).append(row.pk)
    return found


def branch_share(unit: Organisation, period: Period, measure: Measure = ADMITTED) -> Share:
    """The `Share` of the branches of `unit` with at least one admission of `measure` in `period`."""
    quota = Quota.objects.current().of(period, measure.key).filter(unit=unit, kind=Quota.Kind.SHARE)
    counted, having = branches_counted(unit, period, measure)
    return Share(unit, len(having), len(counted), quota.select_related("basis").first())
