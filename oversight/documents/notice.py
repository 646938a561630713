"""The conclusion notice: what was found, and a table of who does what before which day."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions.letters.layouts import layout_for
from notation.dates import dmy
from notation.numbers import format_number
from oversight.documents.heading import head_values
from oversight.documents.markup import Cell, draw_grid, draw_paragraphs, fill_layout
from oversight.models import Shortcoming, Visit
from oversight.visits import conclusions_of

WIDTHS_MM = (12, 45, 68, 40)


@override("vi")
def write_notice(visit: Visit) -> bytes:
    """The notice of `visit`, a draft until its conclusion is signed."""
    layout = layout_for(visit.signed_on or visit.day)
    rows = conclusions_of(visit)
    values = head_values(visit)
    values |= {
        "opening": _opening(visit),
        "strengths": draw_paragraphs(_lines(visit.strengths) or [_("Chưa ghi.")], layout),
        "shortcomings": draw_paragraphs(_shortcomings(visit), layout),
        "concluding": _("Yêu cầu các đơn vị, cá nhân thực hiện %(n)s việc sau:")
        % {"n": format_number(len(rows))}
        if rows
        else _("Không giao việc."),
        "tasks": _table(rows) if rows else draw_paragraphs([], layout),
    }
    return fill_layout("notice", layout, values)


def _opening(visit):
    team = str(visit.team) if visit.team else _("đồng chí %(who)s") % {"who": visit.follower}
    values = {"day": dmy(visit.day), "team": team, "unit": visit.unit.title, "met": visit.met}
    words = _("Ngày %(day)s, %(team)s đã làm việc tại %(unit)s với %(met)s.")
    there = ""
    if visit.present is not None and visit.members:
        there = " " + _("Có mặt %(present)d trên %(members)d đảng viên.") % {
            "present": visit.present,
            "members": visit.members,
        }
    return words % values + there


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shortcomings(visit):
    rows = list(visit.shortcomings.all())
    lines = []
    for kind in Shortcoming.Kind:
        found = [row.words.rstrip(".") for row in rows if row.kind == kind]
        if found:
            lines.append(f"- {kind.label}: {'; '.join(found)}.")
    lines += [_("Nguyên nhân: %(words)s") % {"words": line} for line in _lines(visit.causes)]
    return lines or [_("Không có thiếu sót.")]


def _table(rows):
    head = (_("STT"), _("Cơ quan chủ trì"), _("Nhiệm vụ"), _("Thời hạn"))
    lines = [
        (
            Cell(str(n), "center"),
            Cell(f"{row.who}, {row.unit.title}"),
            Cell(row.what),
            Cell(_("trước ngày %(day)s") % {"day": dmy(row.before)}, "center", bold=True, italic=True),
        )
        for n, row in enumerate(rows, start=1)
    ]
    return draw_grid(WIDTHS_MM, head, lines)
