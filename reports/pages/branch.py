"""What the committee of a branch needs on its page: its dossiers with their limits, its years, its last admission.

The committee above it needs the dossiers too, and whether what it gave its branches adds up to what it was given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions import procedure
from admissions.models import Dossier
from admissions.rules import deadlines, progress, working_days
from admissions.states import UNDER_WAY, State
from branches.models import Organisation, Tier
from branches.today import is_today, origin_since
from notation.dates import today
from notation.numbers import format_number
from reports import links, periods
from reports.closing.since import read_changes
from reports.figures import figures
from reports.figures.placing import HANDLED_AT, placed_under
from reports.measures import ADMITTED
from reports.pages.dashboard import Line
from reports.periods import Period
from reports.quotas import attainment

MEMBERS_TO_BE = (State.DECIDED, State.PROBATIONARY, State.CONVERTING)
"""Admitted, and not yet an official member."""

YEARS = 6
"""How many years are shown at most, the present one included."""


@dataclass(frozen=True)
class Going:
    """A dossier of the branch: the step that comes next, None after the last, and the limit that runs, if one does."""

    dossier: Dossier
    next: progress.StepLine | None
    deadline: deadlines.Deadline | None

    @property
    def order(self):
        """By the day of the limit; those without one after them, the longest unchanged first."""
        due = self.deadline and self.deadline.due
        return (due is None, due or self.dossier.state_since, self.dossier.number)


@dataclass(frozen=True)
class Page:
    """`under_way` and `members` [`Going`], `sources` how many are on the list, `years` as `_years`,
    `last` the day of the latest admission that stands, and `quiet` [the quarters without any since], today's
    included; without an admission all that the register tells of."""

    under_way: list
    members: list
    sources: int
    years: list
    last: date | None
    quiet: list
    urls: dict

    @property
    def quiet_words(self) -> str:
        """How long nobody has been admitted, "" where the present quarter has an admission."""
        if not self.quiet:
            return ""
        words = (
            ngettext(
                "%(n)s quý không kết nạp, từ %(since)s",
                "%(n)s quý không kết nạp, từ %(since)s",
                len(self.quiet),
            )
            if self.last
            else ngettext(
                "Chưa kết nạp ai từ %(since)s, %(n)s quý",
                "Chưa kết nạp ai từ %(since)s, %(n)s quý",
                len(self.quiet),
            )
        )
        return words % {"n": format_number(len(self.quiet)), "since": self.quiet[0]}


def branch_page(unit: Organisation, begin: date | None) -> Page:
    """The `Page` of a branch; `begin` is the day of the register's first decision or None."""
    since = max(begin or today(), origin_since(unit))
    going, last = (
        dossiers_in_hand(unit, (State.LISTED, *UNDER_WAY, *MEMBERS_TO_BE)),
        figures.last_admission_day(unit),
    )
    return Page(
        under_way=[one for one in going if one.dossier.state in UNDER_WAY],
        members=[one for one in going if one.dossier.state in MEMBERS_TO_BE],
        sources=sum(one.dossier.state == State.LISTED for one in going),
        years=_years(unit, since),
        last=last,
        quiet=quarters_since(last) if last else quarters_from(since),
        urls={
            "under_way": links.under_way_url(unit),
            "sources": links.sources_url(unit),
            "last": last and links.figure_url(unit, periods.any_days(last, last)),
        },
    )


def dossiers_in_hand(unit: Organisation, states: Iterable[str] = UNDER_WAY) -> list[Going]:
    """[`Going`] of the dossiers of `unit` that are in one of `states`, the most urgent first."""
    rows = (
        Dossier.objects.filter(placed_under(unit, *HANDLED_AT))
        if is_today(unit)
        else Dossier.objects.under(unit)
    )
    rows = rows.filter(state__in=states).for_list()
    rows = rows.select_related("branch__parent__parent")
    days = working_days.load_calendar()
    dossiers = [_going(row, days) for row in rows.prefetch_related("events", "votes", "papers").order_by()]
    return sorted(dossiers, key=lambda one: one.order)


def _going(row, days):
    version = procedure.version_of(row)
    pauses = deadlines.pauses_of(row.events.all(), today()) if row.returns else ()
    lines = progress.steps_of(row, version, list(row.votes.all()), list(row.papers.all()))
    return Going(row, _next(row, lines), deadlines.running_deadline(row, version, days, today(), pauses))


def _next(row, lines):
    """The step that comes next; before the branch has met also one that was passed over without its paper or day."""
    passed = [line for line in lines if line.on is None and (line.step.date or line.step.paper)]
    if row.state == State.PREPARING and passed:
        return passed[0]
    return next((line for line in lines if line.state == "here"), None)


def _years(unit, since):
    """[(year, row, address of its list, whether it runs, `Since`)] of the latest years, the last one first."""
    end = min(today(), unit.valid_to or today()).year
    years = [periods.year_period(number) for number in range(max(since.year, end - YEARS + 1), end + 1)]
    if not years:
        return []
    numbers = figures.tally_cells(unit, [(year, ADMITTED) for year in years])
    given, changes = attainment.targets_of([unit], years), read_changes(unit)
    rows = []
    for year, admitted in zip(years, numbers, strict=True):
        rural = admitted if unit.rural else 0
        row = attainment.Row(unit, admitted, rural, given.get((unit.pk, year)))
        since = changes.since(unit, year)
        rows.append((year, row, links.figure_url(unit, year), year.includes(today()), since))
    return rows[::-1]


@dataclass(frozen=True)
class Cascade:
    """What `unit` gave those under it, (how many, how much) for places and for the others, beside its own quota."""

    unit: Organisation
    own: int
    places: tuple
    others: tuple
    missing: int

    @property
    def sum(self):
        return self.places[1] + self.others[1]

    @property
    def settled(self) -> bool:
        """Whether exactly the own quota was given on."""
        return self.sum == self.own

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """[(what stands before it, words, how much)] of the summands that there are."""
        district = self.unit.tier == Tier.DISTRICT
        places = _("%(n)s xã, thị trấn") if district else _("%(n)s chi bộ nông thôn")
        others = _("%(n)s cơ quan, đơn vị") if district else _("%(n)s chi bộ khác")
        summands = [
            (words, *part) for words, part in ((places, self.places), (others, self.others)) if part[0]
        ]
        return [
            ("+" if at else "", words % {"n": format_number(number)}, heads)
            for at, (words, number, heads) in enumerate(summands)
        ]

    @property
    def sentence(self) -> str:
        """How the sum stands to the own quota, and how many units were given none."""
        difference = capfirst(attainment.describe_difference(self.sum, self.own))
        said = f"{difference} {_('được giao.')}"
        if not self.missing:
            return said
        words = ngettext(
            "%(n)s đơn vị trực tiếp chưa được giao.", "%(n)s đơn vị trực tiếp chưa được giao.", self.missing
        )
        return f"{said} {words % {'n': format_number(self.missing)}}"


def quota_cascade(total: Line, rows: list[Line], period: Period) -> Cascade | None:
    """The `Cascade` of a dashboard's lines; None where `total` has no quota for the period, or nothing was given on.

    A unit that ended before the period's end misses none.
    """
    given = [line.row for line in rows if line.row.quota is not None]
    if not total.row.quota or not given:
        return None

    def part(is_place):
        rows = [row for row in given if row.unit.is_place == is_place]
        return len(rows), sum(row.quota for row in rows)

    missing = sum(line.row.quota is None and not line.unit.ended_before(period.last) for line in rows)
    return Cascade(total.unit, total.row.quota, part(True), part(False), missing)


def quarters_from(day: date) -> list[Period]:
    """The quarters from the one of `day` to today's."""
    quarters, quarter = [], periods.quarter_of_day(day)
    while quarter.first <= today():
        quarters.append(quarter)
        quarter = periods.following_quarter(quarter)
    return quarters


def quarters_since(day: date) -> list[Period]:
    """The quarters after the one of `day`, up to today's."""
    return quarters_from(day)[1:]
