"""The figures on the home of a unit: who stands where as the register had it on a day, by kind, and the quota."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from admissions.models import Dossier
from admissions.states import ON_CONVERSION, UNDER_WAY, State
from admissions.worklist.as_of import count_as_of, in_states_as_of, rows_as_of, under_as_of
from branches.models import Organisation, Tier
from branches.today import rows_under
from notation.dates import dmy, today
from oversight.facts import Number, count_members, year_until
from reports import links, periods
from reports.figures import figures, silence
from reports.measures import ADMITTED, RURAL
from reports.models import MembershipMovement
from reports.periods import Period
from reports.quotas import attainment

LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sources": (State.LISTED, (State.LISTED,)),
    "under_way": ("dang-lam", UNDER_WAY),
    "probationers": ("du-bi", ON_CONVERSION),
}
"""What is counted of the dossiers as they stand: the group of the list that opens them, and its states."""


@dataclass(frozen=True)
class Row:
    """One row of the table by kind: the units it takes together, and its numbers; None where it is not known."""

    words: str
    units: int
    members: Number
    admitted: int
    quota: Number
    standing: Counter[str]
    silent: Number
    branches: int


@dataclass(frozen=True)
class UnitFigures:
    """The figures of `unit` on `day`, each part read once, on first use."""

    unit: Organisation
    day: date

    @property
    def period(self) -> Period:
        """The year of the day, on a day that is over up to it."""
        return periods.year_period(self.day.year) if self.day == today() else year_until(self.day)

    @property
    def year(self) -> Period:
        return periods.year_period(self.day.year)

    @cached_property
    def standing(self) -> dict[str, Counter[str]]:
        """{path of a branch: {key of `LISTS`: number}} as the register had it on the day."""
        key_of = {state: key for key, (_name, states) in LISTS.items() for state in states}
        rows = under_as_of(rows_as_of(Dossier.objects.all(), self.day), self.unit, self.day)
        counts = count_as_of(in_states_as_of(rows, key_of))
        paths = dict(
            Organisation.objects.filter(pk__in={pk for pk, _s, _n in counts}).values_list("pk", "path")
        )
        found: dict[str, Counter[str]] = {}
        for pk, state, number in counts:
            found.setdefault(paths[pk], Counter())[key_of[state]] += number
        return found

    def count(self, key: str) -> int:
        """How many of the unit the list `key` has."""
        return sum(counts[key] for counts in self.standing.values())

    @property
    def standing_under_way(self) -> int:
        return self.count("under_way")

    def list_url(self, key: str) -> str:
        """The list that a number of `LISTS` counts."""
        asked = {"don-vi": self.unit.pk, "trang-thai": str(LISTS[key][0])}
        asked |= {"ngay": dmy(self.day)} if self.day < today() else {}
        return f"{reverse('admissions:dossiers')}?{urlencode(asked)}"

    @cached_property
    def row(self) -> attainment.Row:
        """Admitted, rural among them, and the year's quota."""
        return attainment.unit_row(self.unit, self.period, ADMITTED, self.year)

    @cached_property
    def before(self) -> attainment.Row | None:
        """The whole year before; None before the register began."""
        earlier = figures.year_before(self.year)
        return attainment.unit_row(self.unit, earlier) if earlier else None

    @cached_property
    def same_days(self) -> tuple[int, str] | None:
        """(admitted in as many days of the year before, address); None before the register began."""
        part = periods.any_days(self.year.first, self.day)
        earlier = figures.year_before(part)
        if earlier is None:
            return None
        return figures.tally_cells(self.unit, [(earlier, ADMITTED)])[0], links.figure_url(self.unit, earlier)

    @cached_property
    def children(self) -> list[Organisation]:
        """The units that the table by kind takes together: the branches of a base organisation, otherwise what stands
        directly under the unit."""
        if self.unit.is_branch:
            return []
        rows = rows_under(self.unit).objects.on(self.day)
        if self.unit.tier in (Tier.BASE, Tier.SECTION):
            return list(rows.under(self.unit).branches())
        return list(rows.filter(parent=self.unit))

    @cached_property
    def branches(self) -> list[tuple[int, str]]:
        """[(primary key, path)] of the branches that stood under the unit on the day."""
        rows = Organisation.objects.under(self.unit).branches().on(self.day).order_by()
        return list(rows.values_list("pk", "path"))

    @cached_property
    def silent(self) -> set[int] | None:
        """The branches without an admission in eight quarters and without a source; None where it cannot be told."""
        rows = silence.silent_branches(self.unit, year_until(self.day))
        return None if rows is None else set(rows.values_list("pk", flat=True))

    # By kind

    @cached_property
    def by_kind(self) -> list[Row]:
        """The row of the whole, then one for each kind of unit that there is; none under a branch."""
        if not self.children:
            return []
        admitted, rural = figures.tally_cells(self.unit, [(self.period, ADMITTED), (self.period, RURAL)])
        whole = Row(
            words=self.unit.title if self.unit.tier == Tier.SECTION else capfirst(str(self.unit.whole)),
            units=len(self.children),
            members=count_members(self.unit, self.day),
            admitted=admitted,
            quota=self.row.quota,
            standing=sum(self.standing.values(), Counter()),
            silent=None if self.silent is None else len(self.silent),
            branches=len(self.branches),
        )
        of_base = self.unit.tier in (Tier.BASE, Tier.SECTION)
        names = (
            (_("Chi bộ nông thôn"), _("Chi bộ khác"))
            if of_base
            else (_("Xã, thị trấn"), _("Cơ quan, đơn vị"))
        )
        counted = (rural, admitted - rural) if of_base else (None, None)
        kinds = ([row for row in self.children if row.is_place is place] for place in (True, False))
        return [whole] + [
            self._kind(words, units, number)
            for words, units, number in zip(names, kinds, counted, strict=True)
            if units
        ]

    def _kind(self, words, units, admitted):
        inside = tuple(row.path for row in units)
        branches = {pk for pk, path in self.branches if path.startswith(inside)}
        if admitted is None:
            counts = self._by_child
            admitted = sum(counts[row.pk][0] for row in units if row.pk in counts)
        given = [
            target.number for (pk, _p), target in self._quotas.items() if pk in {row.pk for row in units}
        ]
        return Row(
            words=words,
            units=len(units),
            members=self._members_of(units),
            admitted=admitted,
            quota=sum(given) if given else None,
            standing=sum((c for path, c in self.standing.items() if path.startswith(inside)), Counter()),
            silent=None if self.silent is None else len(self.silent & branches),
            branches=len(branches),
        )

    @cached_property
    def _by_child(self):
        return figures.count_by_child(self.unit, [(self.period, ADMITTED)])

    @cached_property
    def _quotas(self):
        return attainment.targets_of(self.children, [self.year])

    def _members_of(self, units: Sequence[Organisation]) -> Number:
        """The members at the end of the last quarter of the branches of `units`; None where no branch told them."""
        quarter = periods.preceding_quarter(periods.quarter_of_day(self.day))
        inside = tuple(row.path for row in units)
        branches = [pk for pk, path in self.branches if path.startswith(inside)]
        rows = MembershipMovement.objects.filter(
            branch__in=branches, year=quarter.first.year, quarter=quarter.number
        )
        return rows.aggregate(sum=Sum("end"))["sum"]
