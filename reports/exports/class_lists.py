"""Workbooks of an awareness class: who was nominated, by unit, and who attended with what result; who waits."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.classes import figures
from admissions.classes.telling import tell_reason
from admissions.classes.waiting import list_waiting, waiting_since
from admissions.models import AwarenessClass
from branches.models import Organisation
from notation.dates import dmy, today
from reports.exports import party_layout
from reports.exports.document import Column, Document, Plain, Row, Table
from reports.exports.report_tables import born_cell
from reports.unit_group import group_units

Field = tuple[str, str | Promise, int, str, Callable[[Any], Plain]]
"""(key, head, width, kind, the cell of an enrolment or a dossier) of a column after the number."""

NAME: Field = ("name", gettext_lazy("Họ và tên"), 24, "text", lambda row: row.dossier.candidate.full_name)
BORN: Field = (
    "born",
    gettext_lazy("Ngày sinh"),
    12,
    "date",
    lambda row: born_cell(row.dossier.candidate.birth),
)
BRANCH: Field = ("branch", gettext_lazy("Chi bộ"), 32, "text", lambda row: row.branch.title)

NOMINATED: tuple[Field, ...] = (
    NAME,
    BORN,
    BRANCH,
    ("resolution", gettext_lazy("Nghị quyết chi bộ"), 14, "text", lambda row: row.resolution),
    ("nominated_on", gettext_lazy("Ngày đề cử"), 12, "date", lambda row: row.nominated_on),
    ("proposed_on", gettext_lazy("Cấp ủy cơ sở đề nghị"), 12, "date", lambda row: row.proposed_on),
    ("step", gettext_lazy("Đến bước"), 24, "text", lambda row: row.get_step_display()),
    ("reason", gettext_lazy("Lý do"), 30, "text", lambda row: row.reason),
)
ATTENDED: tuple[Field, ...] = (
    NAME,
    BORN,
    BRANCH,
    ("days", gettext_lazy("Số ngày dự"), 9, "number", lambda row: row.days_attended),
    ("score", gettext_lazy("Điểm"), 8, "mean", lambda row: row.score),
    ("grade", gettext_lazy("Xếp loại"), 12, "text", lambda row: row.get_grade_display()),
    ("result", gettext_lazy("Kết quả"), 40, "text", lambda row: tell_reason(row)[1]),
)
WAITING: tuple[Field, ...] = (
    ("name", gettext_lazy("Họ và tên"), 24, "text", lambda row: row.candidate.full_name),
    ("born", gettext_lazy("Ngày sinh"), 12, "date", lambda row: born_cell(row.candidate.birth)),
    BRANCH,
    ("since", gettext_lazy("Chờ từ"), 12, "date", waiting_since),
    ("state", gettext_lazy("Trạng thái"), 24, "text", lambda row: row.state_words),
)


def top_unit(user: User) -> Organisation:
    """The highest unit in the user's scope: whoever asks for a file is its issuer."""
    return Organisation.objects.for_user(user).order_by("path")[0]


def nominations_document(course: AwarenessClass, user: User) -> Document:
    """The nominations by base organisation, in the user's scope."""
    rows = figures.list_enrolments(course, user)
    title = _("Danh sách đề cử học lớp bồi dưỡng nhận thức về Đảng")
    return _document(course.name, title, user, _table("de-cu", _("Đề cử"), NOMINATED, rows), course.last)


def attendance_document(course: AwarenessClass, user: User) -> Document:
    """The learners approved, with the days attended and the results."""
    rows = figures.list_enrolments(course, user, "duyet")
    title = _("Bảng theo dõi dự học và kết quả lớp bồi dưỡng nhận thức về Đảng")
    return _document(course.name, title, user, _table("du-hoc", _("Dự học"), ATTENDED, rows), course.last)


def waiting_document(user: User) -> Document:
    """Who waits for a class today, by base organisation."""
    rows = list_waiting(user, today()).for_list()
    ordered = sorted(rows, key=lambda row: (row.commune.place_in_tables, row.commune_id))
    table = _table("cho-lop", _("Chờ lớp"), WAITING, ordered)
    place = _("đến ngày %(day)s") % {"day": dmy(today())}
    return _document(place, _("Danh sách chờ học lớp bồi dưỡng nhận thức về Đảng"), user, table, today())


def _table(key: str, name: str, fields: Sequence[Field], people: Any) -> Table:
    """The people under a head for each base organisation, numbered through."""
    columns = [Column("no", _("TT"), 5, "number")]
    columns += [Column(name, str(head), width, kind) for name, head, width, kind, _cell in fields]
    rows, n = [], 0
    for unit, its in groupby(people, key=lambda row: row.commune):
        members = list(its)
        words = _("%(unit)s: %(n)d người") % {"unit": unit.title, "n": len(members)}
        rows.append(Row((None, words, *("" for _field in fields[1:])), "head"))
        for person in members:
            n += 1
            rows.append(Row((n, *(cell(person) for *_head, cell in fields))))
    return Table(key, name, tuple(columns), tuple(rows), tall=True, signed=True)


def _document(place: str, title: str, user: User, table: Table, day: date) -> Document:
    group = group_units([top_unit(user)])
    return Document(
        title=title,
        units=group.title,
        place=f"{group.title}, {place}",
        day=day,
        tables=(table,),
        issuer=party_layout.issuer_of(group),
    )
