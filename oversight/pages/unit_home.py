"""The home of a unit: its year in a sentence, what is due, and the ways to everything that the register has of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.history import describe_event
from admissions.models import Dossier, Event
from admissions.rules.working_days import NoCalendar, load_calendar
from admissions.states import UNDER_WAY
from admissions.worklist.as_of import in_states_as_of, moment_after, rows_as_of, show_as_of, under_as_of
from admissions.worklist.errands import Errand
from branches.models import Organisation, Tier
from notation.dates import today
from notation.numbers import format_number
from oversight.pages.unit_figures import UnitFigures
from reports import links
from reports.pages.branch import Going, dossiers_in_hand
from reports.pages.sentence import Clause, Link, Linked, Paragraph

MOST_DOSSIERS, MOST_DUE, MOST_EVENTS = 12, 12, 6
"""How many rows of each part stand on the page; the lists have them all."""
DUE = "#den-han"


# What is due


@dataclass(frozen=True)
class DueLine:
    """One line of what is due: the errand, its shape, and how many working days are left in words."""

    errand: Errand
    mark: str
    left: str


@dataclass(frozen=True)
class Due:
    """What is due at a unit by kind (`list_unit_errands`)."""

    by_kind: dict[str, list[Errand]]
    day: date

    @property
    def all(self) -> list[Errand]:
        rows = [errand for errands in self.by_kind.values() for errand in errands]
        return sorted(rows, key=lambda one: (one.due is None, one.due or date.max))

    def lines(self) -> list[DueLine]:
        calendar = load_calendar()
        return [
            DueLine(errand, errand.mark(self.day), _left(calendar, self.day, errand.due))
            for errand in self.all[:MOST_DUE]
        ]

    def count(self, mark: str) -> int:
        return sum(errand.mark(self.day) == mark for errand in self.all)

    def mark_of(self, *kinds: str) -> str:
        """The strongest shape of what is due of `kinds`: "late", "soon", or "" where nothing presses."""
        marks = {errand.mark(self.day) for kind in kinds for errand in self.by_kind.get(kind, ())}
        return next((mark for mark in ("late", "soon") if mark in marks), "")


def _left(calendar, day, due):
    if due is None:
        return ""
    try:
        left = calendar.between(day, due)
    except NoCalendar:
        return ""
    words = _("quá %(n)s ngày") if due < day else _("còn %(n)s ngày")
    return words % {"n": format_number(abs(left))}


# The sentence


def unit_lead(numbers: UnitFigures, due: Due | None) -> Paragraph:
    """What the unit admitted of its quota in the year so far, who is on the way, and how much is due."""
    unit, row, day = numbers.unit, numbers.row, numbers.day
    values = {
        "year": day.year,
        "day": f"{day:%d/%m}",
        "unit": unit.title,
        "admitted": Linked(row.admitted, links.figure_url(unit, numbers.period)),
    }
    clauses = [Clause(_("Năm %(year)s đến %(day)s, %(unit)s kết nạp %(admitted)s"), values)]
    if row.quota:
        quota = Linked(row.quota, links.quotas_url(unit, numbers.year), counted=False)
        values = {"quota": quota, "left": format_number(row.left)}
        clauses.append(Clause(_(" trên chỉ tiêu %(quota)s, còn %(left)s"), values))
    else:
        clauses.append(Clause(_(", chưa được giao chỉ tiêu")))
    values = {key: Linked(numbers.count(key), numbers.list_url(key)) for key in ("under_way", "sources")}
    clauses.append(Clause(_("; %(under_way)s người đang làm hồ sơ, %(sources)s nguồn."), values))
    if due is not None:
        late, soon = due.count("late"), due.count("soon")
        values = {"late": Link(format_number(late), DUE), "soon": Link(format_number(soon), DUE)}
        if late or soon:
            clauses.append(Clause(_(" %(late)s việc quá hạn, %(soon)s việc sắp đến hạn."), values))
    return Paragraph(tuple(clauses))


# Dossiers in hand


@dataclass(frozen=True)
class InHand:
    """A dossier under way, and on the present day its next step and limit."""

    dossier: Dossier
    going: Going | None = None

    @property
    def limit(self) -> date | None:
        """The last day of the limit that runs; None without one, and of an earlier day."""
        return self.going.deadline.due if self.going and self.going.deadline else None


def list_in_hand(unit: Organisation, day: date) -> list[InHand]:
    """The dossiers under way at `unit` as of `day`, the most urgent first; an earlier day tells their state alone."""
    if unit.tier == Tier.PROVINCE:
        return []
    if day == today():
        return [InHand(going.dossier, going) for going in dossiers_in_hand(unit)]
    rows = in_states_as_of(under_as_of(rows_as_of(Dossier.objects.all(), day), unit, day), UNDER_WAY)
    return [InHand(row) for row in show_as_of(list(rows.for_list().by_name()), day)]


# The log


@dataclass(frozen=True)
class LogLine:
    """What was recorded of a dossier of the unit."""

    at: datetime
    words: str
    dossier: Dossier


def unit_events(unit: Organisation, day: date) -> QuerySet[Event]:
    """What was recorded of the dossiers of `unit` up to the end of `day`, the latest first."""
    rows = Event.objects.filter(dossier__branch__path__startswith=unit.path, at__lt=moment_after(day))
    return rows.select_related("dossier__candidate", "by").order_by("-at", "-pk")


def describe_events(events: Iterable[Event]) -> list[LogLine]:
    return [LogLine(event.at, describe_event(event), event.dossier) for event in events]


# The parts that lead on


@dataclass(frozen=True)
class Tab:
    """A part of the unit: its words, address, what stands small beside them, and its shape where something presses."""

    words: str
    url: str
    beside: str = ""
    mark: str = ""


def unit_tabs(numbers: UnitFigures, due: Due, users: int, changes: int) -> list[Tab]:
    """The parts of the unit with their counts, the home itself first."""
    unit, dashboard = numbers.unit, links.dashboard_url(numbers.unit, numbers.year)
    given = _("chưa giao") if due.by_kind.get("quota") or numbers.row.quota is None else ""
    home = links.branch_url(unit)
    tabs = [
        Tab(_("Trang nhà"), home),
        Tab(
            _("Chỉ tiêu"),
            dashboard,
            given,
            due.mark_of("quota") or ("soon" if due.by_kind.get("quota") else ""),
        ),
        Tab(
            _("Hồ sơ"),
            numbers.list_url("under_way"),
            format_number(numbers.count("under_way")),
            due.mark_of("dossiers"),
        ),
        Tab(_("Nguồn"), links.source_list_url(unit, numbers.day), format_number(numbers.count("sources"))),
        Tab(
            _("Đảng viên dự bị"),
            numbers.list_url("probationers"),
            format_number(numbers.count("probationers")),
        ),
    ]
    if unit.tier == Tier.BASE:
        waiting = due.by_kind.get("visits")
        beside = _("quý này chưa dự") if waiting else ""
        tabs.append(Tab(_("Tổ công tác"), reverse("oversight:calendar"), beside, "soon" if waiting else ""))
    home_of_oversight = f"{reverse('oversight:home')}?don-vi={unit.pk}"
    return [
        *tabs,
        Tab(_("Theo dõi"), home_of_oversight, mark=due.mark_of("reviews", "tasks", "letters")),
        Tab(_("Người dùng"), "#nguoi-dung", format_number(users)),
        Tab(_("Thay đổi tổ chức"), "#thay-doi", format_number(changes)),
        Tab(_("Nhật ký"), reverse("units:log", args=[unit.pk])),
    ]
