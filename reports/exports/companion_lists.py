"""Companion lists: who was admitted where, who is due for conversion, which decisions await their ceremony."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Dossier
from admissions.states import State
from branches.models import within_scope
from notation.dates import today
from reports.closing import reading
from reports.exports import form_2
from reports.exports.document import Row, Table
from reports.exports.report_tables import PEOPLE, columns_of, people_rows
from reports.exports.unit_group import units_of_group

NUMBER, NAME, _SERIAL, BORN_MEN, BORN_WOMEN, ETHNICITY, RELIGION, EDUCATION, QUALIFICATION = PEOPLE[:9]
DECISION, DECIDED, CEREMONY = PEOPLE[13:]


def _born(sex):
    return lambda n, d: d.candidate.born_on if d.candidate.sex == sex else None


BEGINNING = (
    NUMBER,
    NAME,
    (gettext_lazy("Ngày sinh nam"), 12, "date", _born("male")),
    (gettext_lazy("Ngày sinh nữ"), 12, "date", _born("female")),
    (gettext_lazy("Chi bộ"), 30, "text", lambda n, d: d.branch.title),
    (gettext_lazy("Đảng bộ"), 26, "text", lambda n, d: d.commune.title),
    DECISION,
    DECIDED,
)
ADMITTED = (
    *(NUMBER, NAME, BORN_MEN, BORN_WOMEN, ETHNICITY, RELIGION, EDUCATION, QUALIFICATION, PEOPLE[9]),
    *(PEOPLE[10], DECISION, DECIDED, CEREMONY),
)
DUE = (
    *BEGINNING,
    CEREMONY,
    (gettext_lazy("Hết thời gian dự bị"), 12, "date", lambda n, d: d.probation_ends_on),
    (gettext_lazy("Quá hạn (ngày)"), 10, "number", lambda n, d: max((today() - d.probation_ends_on).days, 0)),
    (gettext_lazy("Trạng thái"), 22, "text", lambda n, d: d.get_state_display()),
)
NO_CEREMONY = (
    *BEGINNING,
    (gettext_lazy("Chi bộ nhận quyết định"), 13, "date", lambda n, d: d.decision_received_on),
    (gettext_lazy("Đã qua (ngày)"), 10, "number", lambda n, d: (today() - d.decided_on).days),
)


@dataclass(frozen=True)
class List:
    """One companion list: its title, its columns, and which dossiers of a unit and period it holds."""

    title: Promise
    shape: tuple
    dossiers: callable
    grouped: bool = False


def _handled_by(unit):
    paths = [row.path for row in units_of_group(unit)]
    rows = Dossier.objects.filter(within_scope(paths, "branch__"))
    return rows.select_related("candidate", "branch", "commune")


def _due(unit, period):
    """Probationers whose time ends by the end of the period and who are not official yet."""
    states = (State.PROBATIONARY, State.CONVERTING)
    rows = _handled_by(unit).filter(state__in=states, probation_ends_on__lte=period.last)
    return rows.order_by("probation_ends_on", "candidate__sort_key", "pk")


def _without_ceremony(unit, period):
    """Decisions up to the end of the period whose ceremony has not been held."""
    rows = _handled_by(unit).filter(state=State.DECIDED, decided_on__lte=period.last)
    return rows.order_by("decided_on", "candidate__sort_key", "pk")


def _by_commune(unit, period):
    return form_2.people_of_report(
        unit, reading.as_closed(period), first=("admitted_commune__sort_key", "admitted_commune")
    )


LISTS = {
    "ket-nap": List(gettext_lazy("Đảng viên kết nạp theo đơn vị"), ADMITTED, _by_commune, grouped=True),
    "den-han": List(gettext_lazy("Đảng viên dự bị đến hạn xét công nhận chính thức"), DUE, _due),
    "chua-le": List(gettext_lazy("Quyết định kết nạp chưa tổ chức lễ"), NO_CEREMONY, _without_ceremony),
}
"""The companion lists by the key that addresses name them by."""


def companion_table(key, unit, period):
    """The list `key` as a table; raises `KeyError` when there is none of that name."""
    kind = LISTS[key]
    found = list(kind.dossiers(unit, period))
    columns = columns_of(kind.shape)
    if not kind.grouped:
        rows = tuple(people_rows(kind.shape, found))
        return Table(key, _("Danh sách"), columns, rows, tall=True, signed=True)
    rows, by_commune = [], groupby(found, key=lambda dossier: dossier.admitted_commune)
    groups = [(commune, list(its)) for commune, its in by_commune]
    for commune, its in sorted(groups, key=lambda group: not group[0].is_place):
        words = _("%(unit)s: %(n)d đảng viên") % {"unit": commune.title, "n": len(its)}
        rows.append(Row(("", words, *("" for _column in columns[2:])), "head"))
        rows += people_rows(kind.shape, its)
    return Table(key, _("Danh sách"), columns, tuple(rows), tall=True, signed=True)


def place_of_list(unit, period):
    """For whom and up to which day a list of what is still open was drawn up."""
    words = _("%(unit)s, đến hết ngày %(last)s. Lập ngày %(today)s theo sổ hiện tại.")
    days = {"last": f"{period.last:%d/%m/%Y}", "today": f"{today():%d/%m/%Y}"}
    return words % {"unit": unit.title, **days}


def count_list(key, unit, period):
    """How many the list holds."""
    return LISTS[key].dossiers(unit, period).count()
