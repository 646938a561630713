"""Companion lists: who was admitted where, who is due for conversion, which decisions await their ceremony."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Sex
from admissions.models import Dossier
from admissions.sources.listing import read_lists, read_people
from admissions.states import State
from branches.models import Organisation, within_scope
from notation.births import Birth
from notation.dates import dmy, format_moment, today
from reports.closing import year_reading
from reports.closing.source import Source
from reports.exports.document import Row, Table
from reports.exports.report_tables import (
    PEOPLE,
    Person,
    PersonColumn,
    born_cell,
    people_rows,
    table_columns,
)
from reports.models.closing import ClosedAdmission

COLUMNS = {column.key: column for column in PEOPLE}


def _columns(keys):
    return tuple(COLUMNS[key] for key in keys.split())


def _born(key, head, sex):
    return PersonColumn(
        key, head, 12, lambda n, d: born_cell(d.candidate.birth) if d.candidate.sex == sex else None, "date"
    )


def _of_dossier(
    key: str,
    head: str | Promise,
    width: int,
    value: Callable[[Dossier], str | int | date | None],
    kind: str = "text",
) -> PersonColumn:
    """A column of what is still open: these lists hold dossiers only."""
    return PersonColumn(key, head, width, lambda _n, person: value(cast("Dossier", person)), kind)


@dataclass(frozen=True)
class Listed:
    """Somebody on the source list of a day, as the list prints them: from the register or from a closing."""

    name: str
    birth: Birth
    sex: str
    branch: Organisation
    listed_on: date
    introduced: str
    course: str
    helper: str
    under_way: bool
    url: str

    def get_absolute_url(self) -> str:
        """The page of the dossier."""
        return self.url

    @property
    def candidate(self) -> "Listed":
        """Itself: the columns that every list has ask the person of a dossier."""
        return self

    @property
    def full_name(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        return str(State.PREPARING.label if self.under_way else State.LISTED.label)


def _of_source(
    key: str,
    head: str | Promise,
    width: int,
    value: Callable[[Listed], str | date | None],
    kind: str = "text",
) -> PersonColumn:
    """A column of a list of sources."""
    return PersonColumn(key, head, width, lambda _n, person: value(cast("Listed", person)), kind)


def _born_of(person, sex):
    return born_cell(person.birth) if person.sex == sex else None


def _days_since(day: date | None) -> int | None:
    return None if day is None else (today() - day).days


WHO = (
    *_columns("no name"),
    _born("born_man", gettext_lazy("Ngày sinh nam"), Sex.MALE),
    _born("born_woman", gettext_lazy("Ngày sinh nữ"), Sex.FEMALE),
    _of_dossier("branch", gettext_lazy("Chi bộ"), 30, lambda d: d.branch.title),
    _of_dossier("base", gettext_lazy("Đảng bộ"), 26, lambda d: d.commune.title),
)
BEGINNING = (
    *WHO,
    _of_dossier(
        "decision", COLUMNS["decision"].head, COLUMNS["decision"].width, lambda d: d.admission_number
    ),
    _of_dossier("decided_on", COLUMNS["decided_on"].head, 12, lambda d: d.admission_date, "date"),
)
"""How the lists of what is still open begin: these people may have been admitted elsewhere."""

ADMITTED = _columns(
    "no name born_man born_woman ethnicity religion education qualification occupation"
    " branch decision decided_on ceremony_on"
)
DUE = (
    *BEGINNING,
    *_columns("ceremony_on"),
    _of_dossier(
        "probation_ends_on",
        gettext_lazy("Hết thời gian dự bị"),
        12,
        lambda d: d.probation_ends_on,
        "date",
    ),
    _of_dossier(
        "overdue",
        gettext_lazy("Quá hạn (ngày)"),
        10,
        lambda d: max(_days_since(d.probation_ends_on) or 0, 0),
        "number",
    ),
    _of_dossier("state", gettext_lazy("Trạng thái"), 22, lambda d: d.get_state_display()),
)
SOURCES = (
    *_columns("no name"),
    _of_source("born_man", gettext_lazy("Ngày sinh nam"), 12, lambda one: _born_of(one, Sex.MALE), "date"),
    _of_source("born_woman", gettext_lazy("Ngày sinh nữ"), 12, lambda one: _born_of(one, Sex.FEMALE), "date"),
    _of_source("branch", gettext_lazy("Chi bộ"), 30, lambda one: one.branch.title),
    _of_source("base", gettext_lazy("Đảng bộ"), 26, lambda one: one.branch.base_organisation.title),
    _of_source("listed_on", gettext_lazy("Vào danh sách"), 12, lambda one: one.listed_on, "date"),
    _of_source("introduced_by", gettext_lazy("Nơi giới thiệu"), 18, lambda one: one.introduced),
    _of_source("course", gettext_lazy("Lớp nhận thức"), 22, lambda one: one.course),
    _of_source("helper", gettext_lazy("Đảng viên giúp đỡ"), 24, lambda one: one.helper),
    _of_source("state", gettext_lazy("Trạng thái"), 22, lambda one: one.state),
)
NO_CEREMONY = (
    *BEGINNING,
    _of_dossier(
        "received_on",
        gettext_lazy("Chi bộ nhận quyết định"),
        13,
        lambda d: d.decision_received_on,
        "date",
    ),
    _of_dossier(
        "waited", gettext_lazy("Đã qua (ngày)"), 10, lambda d: _days_since(d.admission_date), "number"
    ),
)


@dataclass(frozen=True)
class CompanionList:
    """One companion list: its title, its columns, and the people it holds.

    A list `of_admissions` counts the admissions of a period and groups them by base organisation; the others hold what
    is still open on the day they are drawn up.
    """

    title: Promise
    columns: tuple[PersonColumn, ...]
    people: Callable[[Source], QuerySet[Dossier] | QuerySet[ClosedAdmission] | list[Listed]]
    of_admissions: bool = False


def _handled_by(group):
    rows = Dossier.objects.filter(within_scope([unit.path for unit in group.units], "branch__"))
    return rows.select_related("candidate", "branch", "commune")


def _due(source):
    """Probationers whose time ends by the end of the period and who are not official yet."""
    states = (State.PROBATIONARY, State.CONVERTING)
    rows = _handled_by(source.group).filter(state__in=states, probation_ends_on__lte=source.period.last)
    return rows.order_by("probation_ends_on", "candidate__sort_key", "pk")


def _on_the_list(source):
    """Everybody on the lists at the end of the period, or of today; of a closed quarter as its closing kept them."""
    if year_reading.keeps_year(source.closing):
        return [
            Listed(
                name=one.name,
                birth=one.birth,
                sex=one.sex,
                branch=one.branch,
                listed_on=one.listed_on,
                introduced=one.introduced_in_words,
                course=one.course[1],
                helper=one.helper,
                under_way=one.under_way,
                url=one.line.dossier.get_absolute_url(),
            )
            for one in year_reading.closed_sources(source.closing, source.group.units)
        ]
    day = _day_of(source)
    people = (one for unit in source.group.units for one in read_people(read_lists(unit, day), day))
    return [
        Listed(
            name=one.dossier.candidate.full_name,
            birth=one.dossier.candidate.birth,
            sex=one.dossier.candidate.sex,
            branch=one.branch,
            listed_on=one.dossier.listed_on,
            introduced=one.dossier.get_introduced_by_display(),
            course=one.course.words,
            helper=one.helper,
            under_way=one.under_way,
            url=one.dossier.get_absolute_url(),
        )
        for one in people
    ]


def _without_ceremony(source):
    """Decisions up to the end of the period whose ceremony has not been held."""
    rows = _handled_by(source.group).filter(state=State.DECIDED)
    rows = rows.annotate(signed_on=Coalesce("decided_on", "elsewhere_on"))
    return rows.filter(signed_on__lte=source.period.last).order_by("signed_on", "candidate__sort_key", "pk")


def _admitted(source):
    return source.people(first=("admitted_commune__sort_key", "admitted_commune"))


ON_THE_LIST = "nguon"
"""The list that a closing keeps beside the admissions."""
LISTS = {
    "ket-nap": CompanionList(
        gettext_lazy("Đảng viên kết nạp theo đơn vị"), ADMITTED, _admitted, of_admissions=True
    ),
    "den-han": CompanionList(gettext_lazy("Đảng viên dự bị đến hạn xét công nhận chính thức"), DUE, _due),
    ON_THE_LIST: CompanionList(gettext_lazy("Danh sách cảm tình Đảng"), SOURCES, _on_the_list),
    "chua-le": CompanionList(
        gettext_lazy("Quyết định kết nạp chưa tổ chức lễ"), NO_CEREMONY, _without_ceremony
    ),
}
"""The companion lists by the key that addresses name them by."""


def companion_table(key: str, source: Source) -> Table:
    """The list `key` as a table; raises `KeyError` when there is none of that name."""
    kind = LISTS[key]
    columns = table_columns(kind.columns)
    people: list[Person] = [*kind.people(source)]
    rows = _rows_by_base(kind, people) if kind.of_admissions else people_rows(kind.columns, people)
    return Table(key, _("Danh sách"), columns, tuple(rows), tall=True, signed=True)


def _rows_by_base(kind, people):
    """The rows under a head for each base organisation, places first."""
    rows = []
    groups = [(base, list(its)) for base, its in groupby(people, key=lambda row: row.admitted_commune)]
    for base, its in sorted(groups, key=lambda group: not group[0].is_place):
        words = _("%(unit)s: %(n)d đảng viên") % {"unit": base.title, "n": len(its)}
        rows.append(Row(("", words, *("" for _column in kind.columns[2:])), "head"))
        rows += people_rows(kind.columns, its)
    return rows


def place_of_list(key: str, source: Source) -> str:
    """For whom and up to which day the list `key` of what is still open was drawn up."""
    values = {"unit": source.group.title, "last": dmy(source.period.last), "today": dmy(today())}
    if key == ON_THE_LIST and source.closing and year_reading.keeps_year(source.closing):
        words = _("%(unit)s, đến hết ngày %(last)s. Danh sách như khi khóa quý, %(at)s.")
        return words % (values | {"at": format_moment(source.closing.closed_at)})
    return _("%(unit)s, đến hết ngày %(last)s. Lập ngày %(today)s theo sổ hiện tại.") % values


def count_list(key: str, source: Source) -> int:
    """How many people the list holds."""
    if key == ON_THE_LIST and not year_reading.keeps_year(source.closing):
        lists = (read_lists(unit, _day_of(source)) for unit in source.group.units)
        return sum(one.sources.count() + one.under_way.count() for one in lists)
    people = LISTS[key].people(source)
    return people.count() if isinstance(people, QuerySet) else len(people)


def _day_of(source):
    """The day whose source list is drawn up: the last of the period, or today while that runs."""
    return min(source.period.last, today())
