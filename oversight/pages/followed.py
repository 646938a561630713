"""What a follower has before them: their communes in a sentence and side by side, branches to look after, visits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from admissions.sources.listing import read_lists
from branches.kinds import PLACES
from branches.models import Organisation
from notation.dates import today
from notation.numbers import NOTHING, format_number, format_percent
from oversight.facts import Number, read_facts
from oversight.models import Follower, Review, Task, Visit
from oversight.pages.calendar import Place, day_in, places_of
from oversight.pages.facts_table import Cell, Line, fact_cell, fact_labels, fact_people_url
from reports import links, periods
from reports.figures import figures, silence
from reports.pages.sentence import Clause, Linked, Paragraph
from reports.periods import Period
from reports.quotas.attainment import own_quota, percent_of

IN_WORDS = {
    1: gettext_lazy("Một"),
    2: gettext_lazy("Hai"),
    3: gettext_lazy("Ba"),
    4: gettext_lazy("Bốn"),
    5: pgettext_lazy("number", "Năm"),
}
BESIDE = "#canh-nhau"
"""Where the numbers of several communes together stand one by one."""


@dataclass(frozen=True)
class Followed:
    """One base organisation that is followed: its figures as of `day`, and its place in the teams' quarter."""

    unit: Organisation
    day: date
    facts: dict[str, Number]
    quota_before: Number
    place: Place
    tasks: list[Task]

    @property
    def gap_before(self) -> int:
        """How many were lacking at the end of the year before, 0 where none."""
        return max(0, (self.quota_before or 0) - (self.facts["admitted_before"] or 0))


def followed_units(user: User, day: date) -> list[Follower]:
    """The assignments of `user` that hold on `day`, places first, each by name."""
    rows = Follower.objects.on(day).filter(user=user).select_related("unit__parent")
    return sorted(rows, key=lambda row: row.unit.place_in_tables)


def read_followed(units: list[Organisation], period: Period) -> list[Followed]:
    """A `Followed` of each of `units` as of the last day of `period`, of today while it runs."""
    day, places = day_in(period), places_of(units, period)
    before = periods.year_period(day.year - 1)
    rows = []
    for unit in units:
        tasks = Task.objects.under(unit).filter(visit__isnull=False).open().select_related("unit")
        rows.append(
            Followed(unit, day, read_facts(unit, day), own_quota(unit, before), places[unit.pk], list(tasks))
        )
    return rows


# The sentence


def heading_of(units: list[Organisation], of: User | None = None) -> str:
    """ "Hai xã tôi phụ trách", or "Hai xã đồng chí … phụ trách" for somebody else."""
    words = {"n": "" if len(units) == 1 else _number(units), "what": what_they_are(units)}
    text = _("%(n)s %(what)s tôi phụ trách") if of is None else _("%(n)s %(what)s đồng chí %(who)s phụ trách")
    return capfirst((text % (words | {"who": of})).strip())


def what_they_are(units: list[Organisation]) -> str:
    """ "xã" where all are communes, townships or wards, otherwise "đơn vị"."""
    return _("xã") if all(unit.kind in PLACES for unit in units) else _("đơn vị")


def _number(units):
    return IN_WORDS.get(len(units), str(len(units)))


def followed_lead(rows: list[Followed]) -> Paragraph:
    """What they admitted of this year's quota together, then what stands out in each."""
    year, units = rows[0].day.year, [row.unit for row in rows]
    admitted = sum(row.facts["admitted"] or 0 for row in rows)
    quota = sum(row.facts["quota"] or 0 for row in rows)
    values = {
        "n": capfirst(f"{_number(units)} {what_they_are(units)}"),
        "admitted": Linked(admitted, BESIDE),
        "quota": Linked(quota, BESIDE, counted=False),
        "year": year,
        "left": Linked(max(0, quota - admitted), BESIDE),
    }
    if quota:
        words = _("%(n)s kết nạp %(admitted)s trên chỉ tiêu %(quota)s của năm %(year)s, còn %(left)s.")
    else:
        words = _("%(n)s kết nạp %(admitted)s trong năm %(year)s, chưa được giao chỉ tiêu.")
    clauses = [Clause(words, values)]
    for row in rows:
        clauses += _standing_out(row)
    return Paragraph(tuple(clauses))


def _standing_out(row):
    """[clauses] of one unit: what it lacked last year, its silent branches, and the team's visit."""
    said = []
    year = row.day.year - 1
    if row.gap_before:
        url = links.figure_url(row.unit, periods.year_period(year))
        values = {"year": year, "n": Linked(row.gap_before, url)}
        said.append(Clause(_("năm %(year)s thiếu %(n)s"), values))
    if row.facts["silent"]:
        url = links.silent_url(row.unit, periods.year_period(row.day.year))
        words = _("có %(n)s chi bộ 8 quý không kết nạp")
        said.append(Clause(words, {"n": Linked(row.facts["silent"], url)}))
    said.append(Clause(_("tổ công tác %(visited)s"), {"visited": visited_in_words(row.place)}))
    parts = [Clause(" %(unit)s ", {"unit": row.unit.short_name})]
    for n, clause in enumerate(said):
        parts += [Clause(", "), clause] if n else [clause]
    return [*parts, Clause(".")]


def visited_in_words(place: Place) -> str:
    """ "đã dự 14/02", "hẹn 09/03", "chưa hẹn"."""
    if place.held:
        return _("đã dự %(day)s") % {"day": f"{place.held[-1].day:%d/%m}"}
    if place.arranged:
        return _("hẹn %(day)s") % {"day": f"{place.arranged.day:%d/%m}"}
    return _("chưa hẹn")


# Side by side


def compare_followed(rows: list[Followed]) -> list[Line]:
    """The units in columns: quotas and admissions of two years, people, reviews, the team's visit, open tasks."""
    day = rows[0].day
    labels = fact_labels(day)
    shown = ("quota", "admitted", "under_way", "sources", "waiting", "silent")
    lines = [_before(_("Chỉ tiêu %(year)d"), rows, _quota_before)]
    lines += [
        _before(
            _("Kết nạp %(year)d"), rows, lambda row: fact_cell(row.unit, "admitted_before", day, row.facts)
        )
    ]
    lines += [_before(_("Đạt %(year)d"), rows, _reached_before)]
    for key in shown:
        cells = tuple(fact_cell(row.unit, key, day, row.facts) for row in rows)
        lines.append(Line(labels[key], cells))
    month = _("Rà soát tháng %(month)d") % {"month": day.month}
    lines.append(Line(month, tuple(_reviewed(row) for row in rows)))
    lines.append(Line(_("Tổ công tác dự trong quý"), tuple(_visited(row) for row in rows)))
    lines.append(Line(_("Việc kết luận chưa xong"), tuple(_open_tasks(row) for row in rows)))
    return lines


def _before(label, rows, cell):
    return Line(label % {"year": rows[0].day.year - 1}, tuple(cell(row) for row in rows))


def _quota_before(row):
    year = periods.year_period(row.day.year - 1)
    if row.quota_before is None:
        return Cell(NOTHING)
    return Cell(format_number(row.quota_before), links.quotas_url(row.unit, year))


def _reached_before(row):
    return Cell(format_percent(percent_of(row.facts["admitted_before"] or 0, row.quota_before)))


def _reviewed(row):
    reviewed = reviews_of_month(row.unit, row.day).values("unit").distinct().count()
    return Cell(f"{reviewed}/{format_number(row.facts['branches'])}")


def _visited(row):
    visit = (row.place.held or (row.place.arranged,))[-1]
    return Cell(visited_in_words(row.place), reverse("oversight:visit", args=[visit.pk]) if visit else "")


def _open_tasks(row):
    url = f"{reverse('oversight:conclusion_tasks')}?don-vi={row.unit.pk}"
    return Cell(format_number(len(row.tasks)), url if row.tasks else "")


def reviews_of_month(unit: Organisation, day: date) -> QuerySet[Review]:
    """The reviews of the month of `day` at the branches under `unit`."""
    return Review.objects.under(unit).filter(kind=Review.Kind.MONTH, first=day.replace(day=1))


# Branches to look after


@dataclass(frozen=True)
class Branch:
    """A branch without admissions for eight quarters, or without a source: its last admission, sources, difficulty."""

    unit: Organisation
    silent: bool
    last: date | None
    sources: int
    url: str
    difficulty: str


def branches_to_look_after(row: Followed) -> list[Branch]:
    """The branches of a unit that are silent or have no source, silent ones first, each by name."""
    branches = list(Organisation.objects.under(row.unit).branches().on(row.day))
    quiet = silence.silent_branches(row.unit, periods.any_days(date(row.day.year, 1, 1), row.day))
    silent = set(quiet.values_list("pk", flat=True)) if quiet is not None else set()
    lists = read_lists(row.unit, row.day)
    listed = Counter(branch for branch, _path in lists.branches(lists.sources))
    last = dict(
        figures.admitted_under(figures.admissions_in(periods.any_days(date(1900, 1, 1), row.day)), row.unit)
        .order_by()
        .values_list("admitted_branch")
        .annotate(Max(figures.counted_on()))
    )
    said = last_difficulties(branches)
    rows = [
        Branch(
            unit,
            unit.pk in silent,
            last.get(unit.pk),
            listed.get(unit.pk, 0),
            fact_people_url(unit, "sources", row.day),
            said.get(unit.pk, ""),
        )
        for unit in branches
        if unit.pk in silent or not listed.get(unit.pk)
    ]
    return sorted(rows, key=lambda one: (not one.silent, one.unit.place_in_tables))


def last_difficulties(branches: list[Organisation]) -> dict[int, str]:
    """{primary key: the difficulties of the last review that told of any}."""
    told = Q(difficulties__isnull=False) | ~Q(words="")
    rows = Review.objects.filter(told, unit__in=branches).order_by("-first", "-pk").distinct()
    said: dict[int, str] = {}
    for row in rows.prefetch_related("difficulties"):
        words = "; ".join(filter(None, [*(one.text for one in row.difficulties.all()), row.words]))
        said.setdefault(row.unit_id, words)
    return said


# What was done


def visits_of(user: User) -> list[tuple[Visit, list[Task]]]:
    """[(visit, its tasks)] that `user` made as a follower, or with the team they were in, the latest first."""
    mine = Q(follower=user) | Q(team__members__user=user)
    rows = Visit.objects.filter(mine, held_on__isnull=False, held_on__lte=today()).distinct()
    rows = rows.select_related("unit", "team").prefetch_related("tasks").order_by("-held_on", "-pk")
    return [(row, list(row.tasks.all())) for row in rows[:8]]
