"""A change of the tree moves no figure: the totals of every report before and after, and what was built on it since.

The structure of the time: every admission counts where it was decided (`figures`). Today's structure: where the branch
that admitted stands today, or what took over from it; what was split counts in each part and once in the whole.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.models import Dossier
from admissions.states import State
from branches.hand_over import Handed, HandingOver
from branches.models import Organisation, Reorganisation, Succession, Tier
from branches.row_keeper import rows_made
from branches.totals import Total, Totalled
from notation.dates import dmy, today
from reports import periods
from reports.closing.fingerprint import compute_fingerprint
from reports.figures import figures
from reports.links import figure_url
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.models import ClosedAdmission, MembershipMovement, QuarterClosing, Quota, UnitTotals
from reports.periods import Period
from reports.quotas.attainment import quotas_of

YEARS = 3
"""How many years back the rows go, the running one included."""
PARTS = 40
"""Of more units than these the sum alone is told."""
RECOMPUTED = 8
"""The fingerprints of so many closings are reckoned anew; the others are protected by the database all the same."""


class Present:
    """Where every branch that there ever was stands today: {branch: the units that have what it admitted}."""

    def __init__(self) -> None:
        rows = Organisation.objects.filter(undone=False).values_list("pk", "parent", "path", "valid_to")
        self.rows = {pk: (parent, path, valid_to) for pk, parent, path, valid_to in rows}
        self.heirs: dict[int, list[int]] = defaultdict(list)
        for before, after in Succession.objects.order_by().values_list("predecessor", "successor"):
            self.heirs[before].append(after)
        self.found: dict[int, frozenset[int]] = {}

    def places(self, pk: int) -> frozenset[int]:
        """The units that have today what the unit `pk` admitted: itself, what took over from it, or of a branch that
        ended without an heir what took over from the unit above it."""
        if pk not in self.found:
            self.found[pk] = frozenset([pk])  # nothing takes over from itself
            parent, _path, valid_to = self.rows[pk]
            if valid_to is not None and self.heirs[pk]:
                self.found[pk] = frozenset().union(*(self.places(heir) for heir in self.heirs[pk]))
            elif valid_to is not None and parent is not None:
                self.found[pk] = self.places(parent)
        return self.found[pk]

    def branches_of(self, units: Iterable[Organisation], among: Iterable[int]) -> list[int]:
        """Of the branches `among` those whose admissions count for `units` in today's structure."""
        paths = tuple(unit.path for unit in units)
        return [pk for pk in among if any(self.rows[place][1].startswith(paths) for place in self.places(pk))]


class Tally:
    """What every branch admitted of some cells, in one statement; added up for units in today's structure."""

    def __init__(self, cells: Sequence[figures.Cell]) -> None:
        day = figures.counted_on()
        counts = {
            f"n{n}": Count(
                "pk", filter=Q(**{f"{day}__range": (period.first, period.last)}) & measure.condition
            )
            for n, (period, measure) in enumerate(cells)
        }
        first, last = min(span.first for span, _m in cells), max(span.last for span, _m in cells)
        rows = Dossier.objects.standing().filter(**{f"{day}__range": (first, last)}).order_by()
        found: Iterable[Any] = rows.values("admitted_branch").annotate(**counts)
        self.size, self.present = len(cells), Present()
        self.numbers = {row["admitted_branch"]: [row[f"n{n}"] for n in range(self.size)] for row in found}

    def sum_up(self, units: Iterable[Organisation]) -> tuple[int, ...]:
        """(n, …), one number for each cell, of `units` together; what several of them share counts once."""
        sums = [0] * self.size
        for branch in self.present.branches_of(units, self.numbers):
            sums = [one + more for one, more in zip(sums, self.numbers[branch], strict=True)]
        return (*sums,)


def list_totals(what: Totalled) -> list[Total]:
    """The totals of every report: asked for before a change and after it, row by row."""
    years = [periods.year_period(what.day.year - n) for n in range(YEARS - 1, -1, -1)]
    tally = Tally([(year, measure) for year in years for measure in (ADMITTED, RURAL)])
    return [
        *_today_rows(what, years, tally),
        *_form_rows(what, years),
        *_running_rows(what),
        *_concerned_rows(what, years, tally),
        *_closed_rows(),
    ]


def _today_rows(what, years, tally):
    """The whole in today's structure: before the change it is the structure of then."""
    numbers = tally.sum_up([what.top])[::2]
    return [
        Total(
            key=f"whole-{year.code}",
            group=_("Toàn đơn vị, cơ cấu hôm nay"),
            label=_("Kết nạp %(period)s") % {"period": year},
            number=number,
            note=_("cơ cấu khi đó và cơ cấu hôm nay"),
            address=figure_url(what.then, year),
        )
        for year, number in zip(years, numbers, strict=True)
    ]


def _form_rows(what, years):
    """Every row of the form of the last whole year in the structure of the time; of other years and quarters one row
    each, with the fingerprint of all the others."""
    last = years[-2]
    measures = list(MEASURES.values())
    spans: list[Period] = [*years, *years[-2].quarters(), *years[-1].quarters()]
    found = figures.tally_cells(what.then, [(span, measure) for span in spans for measure in measures])
    size = len(measures)
    rows = []
    for n, span in enumerate(spans):
        numbers = found[n * size : (n + 1) * size]
        if span == last:
            group = _("Biểu 2, %(period)s") % {"period": span}
            for measure, number in zip(measures, numbers, strict=True):
                key = f"form-{span.code}-{measure.key}"
                address = figure_url(what.then, span, measure.key)
                facts = {"group": group, "label": str(measure.label), "address": address}
                rows.append(Total(key=key, number=number, **facts))
        elif any(numbers):
            label = _("Kết nạp %(period)s, mọi dòng Biểu 2") % {"period": span}
            group, proof = _("Biểu 2, các kỳ khác"), _digest(numbers)
            key = f"form-{span.code}"
            facts = {"number": numbers[0], "proof": proof, "address": figure_url(what.then, span)}
            rows.append(Total(key=key, group=group, label=label, **facts))
    return rows


def _digest(numbers):
    return hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()[:16]


def _running_rows(what):
    """The running year: admitted, asked for, under way, sources, probationers, movements of members."""
    year = periods.year_period(what.day.year)
    group = _("Năm %(year)d, kỳ đang chạy") % {"year": year.first.year}
    (admitted,) = figures.tally_cells(what.then, [(year, ADMITTED)])
    rows = [
        Total(
            key="running-admitted",
            group=group,
            label=_("Kết nạp đến %(day)s") % {"day": dmy(min(today(), year.last))},
            number=admitted,
            address=figure_url(what.then, year),
        )
    ]
    scope = Q(path__startswith=what.then.path) | Q(path__startswith=what.top.path)
    for tier, label in (
        (Tier.BASE, _("Chỉ tiêu các tổ chức cơ sở")),
        (Tier.BRANCH, _("Chỉ tiêu các chi bộ")),
    ):
        units = Organisation.objects.filter(scope, tier=tier).during(year.first, year.last)
        targets = quotas_of([*units.values_list("pk", flat=True)], [year])
        number = sum(target.number for target in targets.values())
        rows.append(Total(key=f"running-quota-{tier}", group=group, label=label, number=number))
    dossiers = Dossier.objects.filter(
        Q(branch__path__startswith=what.then.path) | Q(branch__path__startswith=what.top.path)
    )
    by_state = dict(dossiers.order_by().values_list("state").annotate(n=Count("pk")))
    for state in State:
        if number := by_state.get(state, 0):
            label = _("Hồ sơ: %(state)s") % {"state": state.label}
            rows.append(Total(key=f"running-{state}", group=group, label=label, number=number))
    movements = MembershipMovement.objects.filter(branch__path__startswith=what.then.path)
    label = _("Bảng tăng giảm đảng viên đã ghi")
    return [*rows, Total(key="running-movements", group=group, label=label, number=movements.count())]


def _concerned_rows(what, years, tally):
    """The units concerned added up: before the change each of those that end, after it their heirs today."""
    cells = [(year, measure) for year in years for measure in (ADMITTED, RURAL)]
    together = tally.sum_up(what.concerned)
    single = [tally.sum_up([unit]) for unit in what.concerned] if len(what.concerned) <= PARTS else []
    group = _("Các đơn vị thay đổi cộng lại, cơ cấu hôm nay")
    rows = []
    for n, (year, measure) in enumerate(cells):
        label = _("Kết nạp %(period)s") if measure is ADMITTED else _("Kết nạp %(period)s, nông thôn")
        rows.append(
            Total(
                key=f"concerned-{year.code}-{measure.key}",
                group=group,
                label=label % {"period": year},
                number=together[n],
                parts=[numbers[n] for numbers in single],
            )
        )
    return rows


def _closed_rows():
    """Every closed quarter: how many entries, and its fingerprint, of the last ones reckoned anew."""
    closings = list(QuarterClosing.objects.valid().order_by("-year", "-number"))
    entries = dict(
        ClosedAdmission.objects.filter(quarter__in=[row.pk for row in closings])
        .order_by()
        .values_list("quarter")
        .annotate(n=Count("pk"))
    )
    rows = []
    for n, closing in enumerate(closings):
        span = periods.quarter_period(closing.year, closing.number)
        proof = compute_fingerprint(closing) if n < RECOMPUTED else closing.fingerprint
        label = _("%(quarter)s, mã đối chiếu") % {"quarter": span}
        facts = {"number": entries.get(closing.pk, 0), "proof": proof, "note": proof[:8]}
        rows.append(Total(key=f"closed-{closing.pk}", group=_("Quý đã khóa"), label=label, **facts))
    return rows


def tell_closings(handing: HandingOver, *, by: User) -> list[Handed]:
    """Closed quarters stay with the units that ended, to the byte."""
    tops = [unit.pk for unit in handing.units.values() if unit.parent_id not in handing.units]
    valid = QuarterClosing.objects.valid().values("pk")
    rows = UnitTotals.objects.filter(unit__in=tops, quarter__in=valid).order_by()
    parts = dict(rows.values_list("unit").annotate(n=Count("quarter")))
    label, how = _("Quý đã khóa"), _("ở lại với đơn vị cũ, không đổi")
    return [Handed(what="closings", key="closings", label=label, how=how, moved=0, parts=parts, stays=True)]


def count_closings_since(plan: Reorganisation, units: Iterable[int]) -> list[tuple[str, str, int]]:
    """[(key, what, number)] of the quarters closed since `plan` was carried out, and of the quotas set anew."""
    closed = QuarterClosing.objects.valid().filter(closed_at__gte=plan.done_at)
    mine = rows_made(plan, "reports.quota").values("row")
    anew = Quota.objects.filter(Q(revises__in=mine) | Q(answers__in=mine)).exclude(pk__in=mine)
    return [
        ("closings", _("Quý đã khóa từ khi thực hiện"), closed.count()),
        ("quotas", _("Chỉ tiêu giao lại từ khi thực hiện"), anew.count()),
    ]
