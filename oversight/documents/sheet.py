"""The sheet that a team takes along: the figures, the tasks of the conclusion before, and room to write."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions.letters.layouts import layout_for
from notation.dates import dmy, today
from oversight.documents.heading import head_values
from oversight.documents.markup import Cell, Markup, draw_dotted, draw_grid, draw_paragraphs, fill_layout
from oversight.facts import facts_of_visit
from oversight.models import Shortcoming, Visit
from oversight.pages.facts_table import visit_lines
from oversight.visits import former_tasks

ROOM = 3
"""Dotted lines for each thing that is asked."""


@override("vi")
def write_sheet(visit: Visit) -> bytes:
    """The sheet of `visit`: with the figures of its day, or of today while it is to come."""
    day = min(visit.day, today())
    if not visit.facts:
        visit.facts = facts_of_visit(visit.unit, day)
    layout = layout_for(day)
    values = head_values(visit)
    team = str(visit.team) if visit.team else _("Đồng chí %(who)s") % {"who": visit.follower}
    values |= {
        "day": dmy(day),
        "opening": _("%(team)s. Làm việc với: %(met)s. Có mặt: …… / …… đảng viên.")
        % {"team": team, "met": visit.met or "……………………………………"},
        "figures": _figures(visit),
        "former": _former(visit, layout),
        "room": _room(layout),
    }
    return fill_layout("sheet", layout, values)


def _figures(visit):
    commune = visit.unit.base_organisation
    one = commune.pk == visit.unit_id
    heads = [_("Chỉ số"), visit.unit.short_name] + ([] if one else [commune.short_name])
    rows = [
        [Cell(line.label), *(Cell(cell.words, "right") for cell in line.cells)] for line in visit_lines(visit)
    ]
    return draw_grid((105, 60) if one else (85, 40, 40), heads, rows)


def _former(visit, layout):
    tasks = list(former_tasks(visit))
    if not tasks:
        return draw_paragraphs([_("Chưa có kết luận trước.")], layout)
    heads = (_("STT"), _("Việc"), _("Người làm"), _("Trước ngày"), _("Nay"))
    rows = [
        (
            Cell(str(n), "center"),
            Cell(task.what),
            Cell(task.who),
            Cell(dmy(task.before), "center"),
            Cell(""),
        )
        for n, task in enumerate(tasks, start=1)
    ]
    return draw_grid((12, 63, 35, 28, 27), heads, rows)


def _room(layout):
    asked = [_("Ưu điểm"), *(_("Thiếu sót: %(kind)s") % {"kind": kind.label} for kind in Shortcoming.Kind)]
    asked += [_("Nguyên nhân"), _("Kết luận: việc, người làm, trước ngày")]
    parts = [draw_paragraphs([words], layout) + draw_dotted(ROOM, layout) for words in asked]
    return Markup("".join(parts))
