"""The written report in the layout of Party documents: the same words and tables as a Word file and as a PDF.

Head, number, place and date, type, abstract and signature follow HD 36-HD/VPTW 2018, from 27/5/2026 HD 05-HD/VPTW;
the measures come from the dated layouts of the dossier desk.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.letters.context import place_of_issue
from admissions.letters.layouts import Layout, layout_for
from branches.models import Organisation, Tier
from notation.dates import today
from reports.exports.document import Document, Issuer, Table
from reports.unit_group import UnitGroup

ROOM_FOR_NUMBER = " " * 8
"""Where the clerk writes the number: the register does not number reports."""

WHOLE = 14
"""A table of so many rows at most stands on one page."""

ORDER = ("form_2", "by_unit", "form_2b")
"""The tables in the order of the report."""


CAPTIONS = {
    "form_2": gettext_lazy("Đảng viên mới kết nạp"),
    "by_unit": gettext_lazy("Kết quả theo đơn vị"),
    "form_2b": gettext_lazy("Đảng viên mới kết nạp theo dân tộc, tôn giáo"),
    "adjustments": gettext_lazy("Điều chỉnh các quý đã khóa"),
}
"""What the tables are called in the report; a sheet of a workbook has no room for more than their names."""


def issuer_of(group: UnitGroup) -> Issuer:
    """The board for the district; a committee or a branch for itself; for several units whoever stands above all."""
    unit = _above(group.units)
    if unit.tier in (Tier.DISTRICT, Tier.PROVINCE):
        signs = (_("TRƯỞNG BAN"),)
        return Issuer(unit.committee.upper(), _("BAN TỔ CHỨC"), "BTC", place_of_issue(unit), signs)
    superior = unit.parent.title.upper() if unit.parent else ""
    place = unit.base_organisation.name
    if unit.is_branch:
        return Issuer(superior, unit.title.upper(), "CB", place, (_("T/M CHI BỘ"), _("BÍ THƯ")))
    return Issuer(superior, unit.committee.upper(), "ĐU", place, (_("T/M ĐẢNG ỦY"), _("BÍ THƯ")))


def _above(units: tuple[Organisation, ...]) -> Organisation:
    """The nearest unit that all of `units` stand at or under."""
    unit = units[0]
    while unit.parent and not all(row.path.startswith(unit.path) for row in units):
        unit = unit.parent
    return unit


def layout_values(document: Document) -> dict[str, str]:
    """{placeholder: words} of the head and the body; days below ten and the months 1 and 2 with a zero."""
    issuer, day = document.issuer, today()
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return {
        "superior": issuer.superior,
        "issuer": issuer.name,
        "number": f"{ROOM_FOR_NUMBER}-BC/{issuer.letters}",
        "place_and_date": f"{issuer.place}, ngày {day.day:02} tháng {month} năm {day.year}",
        "abstract": _("%(title)s của %(unit)s") % {"title": _within(document.title), "unit": document.units},
        "opening": document.opening,
        "basis": document.basis,
        "signs_for": issuer.signs[0],
        "signs_as": issuer.signs[1] if len(issuer.signs) > 1 else "",
        "foot": document.foot,
    }


def _within(title):
    """A title as it goes on after the document's type."""
    return title[:1].lower() + title[1:]


def table_caption(n: int, table: Table) -> str:
    """What stands over the n-th table, with the form that it follows."""
    name = f"{CAPTIONS.get(table.key, table.name)}{f' ({table.form})' if table.form else ''}"
    return _("Bảng %(n)d. %(name)s") % {"n": n, "name": name}


def tables_in_order(document: Document) -> list[Table]:
    """The tables in their order; one that is not among `ORDER` stands last."""
    place = {key: n for n, key in enumerate(ORDER)}
    return sorted(document.tables, key=lambda table: place.get(table.key, len(place)))


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of what was typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def current_layout() -> Layout:
    """The layout of a report that is drawn up today."""
    return layout_for(today())
