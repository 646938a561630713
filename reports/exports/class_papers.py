"""Word files of an awareness class: the list that goes with its decision, the register of certificates, certificates.

The measures are those of Party documents (`admissions.letters.layouts`). No central form of the certificate was found:
its fields follow a public pack of forms (docs/domain.md, 3).
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from accounts.models import User
from admissions import classes
from admissions.classes import figures
from admissions.letters.context import place_of_issue
from admissions.letters.layouts import layout_for
from admissions.models import AwarenessClass, Enrolment
from branches.models import Organisation
from notation.dates import dmy, today

CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


def write_learners(course: AwarenessClass, user: User) -> bytes:
    """The learners approved, as the list that goes with the decision on the class."""
    paper = _new(course)
    _head(paper, course.unit.committee.upper(), _("DANH SÁCH"), _subject(course))
    if course.decided_on:
        _line(paper, _name_decision(course), italic=True)
    rows = figures.list_enrolments(course, user, "duyet")
    heads = (_("TT"), _("Họ và tên"), _("Ngày sinh"), _("Chi bộ"), _("Đảng bộ"))
    people = ((_name(row), _born(row), row.branch.title, row.commune.title) for row in rows)
    _table(paper, heads, people, (10, 42, 24, 46, 43))
    return _pack(paper)


def _name_decision(course):
    words = _("(kèm theo Quyết định số %(number)s, ngày %(day)s của %(unit)s)")
    facts = {"number": course.number, "day": dmy(course.decided_on), "unit": course.unit.committee}
    return words % facts


def write_register(course: AwarenessClass, user: User) -> bytes:
    """The register of the certificates given; before they are given, a draft with the numbers they would get."""
    given = figures.list_enrolments(course, user, "gcn")
    paper = _new(course)
    drafted = not given.exists()
    title = _("SỔ CẤP GIẤY CHỨNG NHẬN (bản nháp)") if drafted else _("SỔ CẤP GIẤY CHỨNG NHẬN")
    _head(paper, course.organiser.upper(), title, _subject(course))
    heads = (_("TT"), _("Số"), _("Họ và tên"), _("Ngày sinh"), _("Chi bộ"), _("Xếp loại"), _("Ký nhận"))
    people = (
        (number, _name(row), _born(row), row.branch.title, row.get_grade_display(), "")
        for row, number in _numbered(course, user, drafted)
    )
    _table(paper, heads, people, (10, 20, 40, 23, 36, 18, 18))
    return _pack(paper)


def write_certificates(course: AwarenessClass, user: User) -> bytes:
    """The certificates to print, one a page; before they are given, as they would be."""
    drafted = not figures.list_enrolments(course, user, "gcn").exists()
    paper = _new(course, across=True)
    for n, (row, number) in enumerate(_numbered(course, user, drafted)):
        if n:
            paper.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _certificate(paper, course, row, number)
    return _pack(paper)


def _numbered(course, user, drafted):
    """[(enrolment, number)] by number; the numbers that would follow where none was given yet."""
    rows = list(figures.list_enrolments(course, user, "dat" if drafted else "gcn"))
    if drafted:
        first = classes.propose_certificate_number(course)
        return list(zip(rows, classes.list_numbers(first, len(rows)), strict=True))
    rows.sort(key=lambda row: (len(row.certificate_number), row.certificate_number))
    return [(row, row.certificate_number) for row in rows]


def _certificate(paper, course: AwarenessClass, row: Enrolment, number: str) -> None:
    layout, person = layout_for(course.last), row.dossier.candidate
    _line(paper, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=layout.motto_pt)
    _line(paper, course.organiser.upper(), bold=True)
    _line(paper, _("GIẤY CHỨNG NHẬN"), bold=True, size=24, before=10)
    _line(paper, _("Số: %(number)s/CN") % {"number": number})
    _line(paper, person.full_name.upper(), bold=True, size=18, before=8)
    _line(paper, _("Sinh ngày: %(born)s") % {"born": person.birth})
    _line(paper, _("là cảm tình Đảng của %(branch)s") % {"branch": _whole_name(row.branch)})
    words = _("đã học %(subject)s, từ ngày %(first)s đến ngày %(last)s")
    _line(paper, words % {"subject": _subject(course), "first": dmy(course.first), "last": dmy(course.last)})
    _line(paper, _("Xếp loại: %(grade)s") % {"grade": row.get_grade_display()}, bold=True)
    day = row.certificate_on or today()
    facts = {"place": place_of_issue(course.unit), "d": day.day, "m": day.month, "y": day.year}
    words = _("%(place)s, ngày %(d)02d tháng %(m)02d năm %(y)d") % facts
    _line(paper, words, italic=True, before=10, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(paper, _("GIÁM ĐỐC"), bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _whole_name(branch: Organisation) -> str:
    return branch.title if branch.is_base_branch else f"{branch.title}, {branch.base_organisation.title}"


def _subject(course):
    return _("lớp bồi dưỡng nhận thức về Đảng %(name)s") % {"name": course.name[:1].lower() + course.name[1:]}


def _name(row):
    return row.dossier.candidate.full_name


def _born(row):
    return str(row.dossier.candidate.birth)


def _new(course, across=False):
    """An empty A4 document in the layout of the day of the class."""
    layout, paper = layout_for(course.last), Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = layout.font, Pt(layout.body_pt - 1)
    style.paragraph_format.space_after = Pt(2)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    sides = ("top_margin", "bottom_margin", "left_margin", "right_margin")
    for side, width in zip(sides, layout.margins_mm, strict=True):
        setattr(section, side, Mm(width))
    return paper


def _line(paper, words, *, bold=False, italic=False, size=None, before=0, align=CENTRE):
    paragraph = paper.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_before = align, Pt(before)
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)


def _head(paper, issuer, title, subject):
    _line(paper, f"{issuer}        ĐẢNG CỘNG SẢN VIỆT NAM", bold=True)
    _line(paper, title, bold=True, before=12)
    _line(paper, subject, bold=True)


def _table(paper, heads: Sequence[str], people: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """A ruled table of numbered rows, its head repeated on every page; `widths` in mm."""
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    _fill(table.rows[0], heads, widths, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(table.rows[0]._tr.makeelement(_tag("tblHeader"), {}))
    for n, cells in enumerate(people, start=1):
        _fill(table.add_row(), (str(n), *cells), widths)


def _tag(name):
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _fill(row, texts, widths, bold=False):
    for cell, words, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Mm(width)
        run = cell.paragraphs[0].add_run(words)
        run.bold, run.font.size = bold, Pt(11)
        cell.paragraphs[0].alignment = CENTRE if bold else LEFT


def _pack(paper):
    packed = BytesIO()
    paper.save(packed)
    return packed.getvalue()
