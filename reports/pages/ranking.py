"""Branches side by side for a period: those ahead of their quota, those behind, and those that are silent."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from admissions.models import Dossier
from admissions.states import State
from branches.models import Organisation, Tier
from branches.today import is_today
from notation.dates import today
from notation.numbers import format_number
from reports import links
from reports.closing.since import Since, read_changes
from reports.figures import figures, silence
from reports.figures.placing import HANDLED_AT, heirs_for, ids_of_atom, placed_under
from reports.pages.sentence import Clause, Link, Paragraph
from reports.periods import Period
from reports.quotas import attainment

GROUPS = {
    "vuot": gettext_lazy("vượt chỉ tiêu"),
    "dat": gettext_lazy("đạt đúng chỉ tiêu"),
    "thieu": gettext_lazy("thiếu so với chỉ tiêu"),
    "khong-giao": gettext_lazy("không giao chỉ tiêu"),
}
"""Where a branch stands against its quota; each branch is in exactly one."""

COLUMNS = {
    "nong-thon": gettext_lazy("Nông thôn"),
    "nam-truoc": gettext_lazy("Cùng kỳ năm trước"),
    "dang-lam": gettext_lazy("Đang làm hồ sơ"),
    "nguon": gettext_lazy("Trong danh sách"),
}
"""What may stand beside the figures and the quota, as the address names it."""

SORTS = {
    "dat": lambda line: (line.row.percent is None, -(line.row.percent or 0)),
    "chenh": lambda line: (line.row.gap is None, line.row.gap or 0),
    "ket-nap": lambda line: -line.row.admitted,
    "chi-tieu": lambda line: -(line.row.quota or 0),
    "ten": lambda line: line.row.unit.sort_key,
    "don-vi": lambda line: (line.commune.sort_key, line.row.unit.sort_key),
}


@dataclass(frozen=True)
class Line:
    """One branch: its figures, its commune, what it has under way and on its list, and whether it is silent.

    `since` is what has changed in the number admitted since it was closed; `shared` of those admitted other branches
    count as well, after a split, in today's structure.
    """

    row: attainment.Row
    commune: Organisation
    before: int | None
    under_way: int
    sources: int
    silent: bool
    urls: dict[str, str | None]
    since: Since | None
    shared: int = 0

    @property
    def group(self):
        if not self.row.quota:
            return "khong-giao"
        return "vuot" if self.row.gap > 0 else "thieu" if self.row.gap < 0 else "dat"


def ranking_lines(unit: Organisation, period: Period, quarters: int = silence.SILENT_QUARTERS) -> list[Line]:
    """A line for every branch that stood under `unit` in `period`, by name; `quarters` is how long silence lasts."""
    tree = attainment.attainment_tree(unit, period)
    earlier = figures.same_days_before(period)
    before = figures.count_by_unit(unit, earlier) if earlier else {}
    under_way, shared = figures.under_way_by_unit(unit), figures.count_shared(unit, period, by_branch=True)
    sources = _sources(unit)
    silent = silence.silent_branches(unit, period, quarters)
    quiet = set() if silent is None else set(silent.values_list("pk", flat=True))
    lines, changes = [], read_changes(unit)
    base = unit.base_organisation if unit.tier in (Tier.SECTION, Tier.BRANCH) else None
    for row, commune in _branches(tree, base):
        pk = row.unit.pk
        urls = {
            "admitted": links.figure_url(row.unit, period),
            "rural": links.figure_url(row.unit, period, "rural"),
            "before": links.figure_url(row.unit, earlier) if earlier else None,
            "under_way": links.under_way_url(row.unit),
            "quota": links.quotas_url(row.unit, period),
            "unit": links.dashboard_url(row.unit, period),
        }
        stood = earlier is not None and (is_today(unit) or row.unit.valid_from <= earlier.last)
        then = before.get(pk, Counter())["admitted"] if stood else None
        since = changes.since(row.unit, period)
        beside = (under_way[pk], sources[pk], pk in quiet)
        lines.append(Line(row, commune, then, *beside, urls, since, shared.get(pk, 0)))
    return sorted(lines, key=SORTS["ten"])


def _sources(unit):
    """{primary key: number of people on the source list today} of the branches under `unit`."""
    rows, heirs = Dossier.objects.filter(state=State.LISTED), heirs_for(unit)
    rows = rows.filter(placed_under(unit, *HANDLED_AT)) if heirs else rows.under(unit)
    found: Counter[int] = Counter()
    for pk, path, number in rows.order_by().values_list("branch", "branch__path").annotate(n=Count("pk")):
        places = ids_of_atom(unit, heirs, pk, path, by_base=False)
        found.update(dict.fromkeys({place[-1] for place in places}, number))
    return found


def _branches(row, commune):
    """(row, base organisation) of every branch in the tree below `row`."""
    if row.unit.tier == "base":
        commune = row.unit
    if row.unit.is_branch:
        yield row, commune or row.unit
    for child in row.children:
        yield from _branches(child, commune)


def choose_lines(
    rows: list[Line], *, group: str = "", silent: bool = False, rural: str = "", sort: str = "dat"
) -> list[Line]:
    """Of `rows` those of a group, silent ones, rural ("1") or other ("0") ones, in the order of `sort`."""
    chosen = [
        line
        for line in rows
        if (not group or line.group == group)
        and (not silent or line.silent)
        and (rural not in ("0", "1") or line.row.unit.rural == (rural == "1"))
    ]
    return sorted(chosen, key=SORTS.get(sort, SORTS["dat"]))


def ranking_lead(unit: Organisation, period: Period, lines: list[Line], quarters: int) -> Paragraph:
    """How many branches stand where, and how many are silent; each number leads to the page narrowed to them.

    Where the register does not go back `quarters` before the end of `period`, it says so.
    """
    address, branches = f"?{links.of_unit(unit)}&ky={period.code}", pgettext("plural", "chi bộ")
    clauses = []
    for key, label in GROUPS.items():
        number = format_number(sum(line.group == key for line in lines))
        values = {"number": Link(number, f"{address}&nhom={key}"), "words": f"{branches} {label}"}
        clauses += [Clause(", "), Clause("%(number)s %(words)s", values)]
    if ended := sum(line.row.unit.ended_before(min(period.last, today())) for line in lines):
        words = _(" (kể cả %(n)s chi bộ đã kết thúc trong kỳ)")
        clauses.append(Clause("%(words)s", {"words": words % {"n": format_number(ended)}}))
    if silence.silent_window(period, quarters=quarters):
        number = format_number(sum(line.silent for line in lines))
        words = _("chi bộ %(n)s quý không kết nạp và hiện không có nguồn") % {"n": format_number(quarters)}
        values = {"number": Link(number, f"{address}&im-lang={quarters}"), "words": words}
        clauses.append(Clause("; %(number)s %(words)s.", values))
    else:
        words = _("Sổ chưa ghi đủ %(n)s quý trước khi hết kỳ này nên chưa biết chi bộ nào im lặng.")
        clauses.append(Clause(". %(words)s", {"words": words % {"n": format_number(quarters)}}))
    return Paragraph(tuple(clauses[1:]))
