"""The cascade: the quotas of all units under one, typed down a column and saved together or not at all."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation
from notation.vietnamese import fold
from reports import links, periods
from reports.figures import figures
from reports.forms import BasisForm
from reports.models import Quota
from reports.pages import period_choices
from reports.quotas import assign, attainment
from reports.views.request import asked_measure, asked_unit, breadcrumbs, settable_period


@dataclass
class Line:
    """One unit of the grid: what it did, has at hand, was given and asks for; what is typed, and what is wrong."""

    unit: Organisation
    past: list
    sources: int
    under_way: int
    last: int | None
    now: int | None
    proposal: Quota | None
    typed: str
    error: str = ""

    @property
    def name(self):
        return f"q{self.unit.pk}"

    @property
    def names(self):
        """What a pasted line may call the unit, without marks, between bars."""
        unit = self.unit
        return "|".join(dict.fromkeys(map(fold, (unit.short_name, unit.name, unit.title))))

    @property
    def sources_url(self):
        return links.sources_url(self.unit)

    @property
    def under_way_url(self):
        return links.under_way_url(self.unit)

    @property
    def heads(self):
        """What the cell adds to the sum: the number typed, or what stands where nothing is typed."""
        try:
            number = assign.whole_number(self.typed)
        except Refused:
            return 0
        return (self.now or 0) if number is None else number


def show_quota_grid(request):
    """The grid of a unit for a year or a term; a POST reviews what was typed or pasted, or saves all of it."""
    unit, period, measure = asked_unit(request), settable_period(request), asked_measure(request)
    if not request.user.may(Permission.SET_QUOTA, unit):
        raise PermissionDenied
    shown = assign.child_units(unit, period)
    if not shown:
        raise Http404
    rows = _lines(unit, period, measure, shown, request.POST)
    form = BasisForm(request.POST or None, unit=unit, period=period)
    problems = []
    if request.method == "POST":
        problems = _paste(rows, request.POST) if "dan" in request.POST else []
        if not {"dan", "xem"} & set(request.POST):
            written, problems = _save(request, unit, period, measure, rows, form)
            if written is not None:
                words = _("Đã giao %(n)d chỉ tiêu.") if written else _("Không ô nào đổi, chưa giao gì thêm.")
                messages.success(request, words % {"n": written})
                return redirect(links.quotas_url(unit, period, measure.key))
        else:
            form = BasisForm(unit=unit, period=period, initial=request.POST.dict())
            if not problems:
                _mark(rows)
    return _page(request, unit, period, measure, rows, form, problems)


def _page(request, unit, period, measure, rows, form, problems):
    own = attainment.head_quotas(unit, period, measure.key, [unit.pk]).get(unit.pk)
    total = sum(line.heads for line in rows)
    sums = [_sum(line.past[n][0] for line in rows) for n in (0, 1)]
    wrong = bool(problems or form.errors or any(line.error for line in rows))
    context = {
        "unit": unit,
        "period": period,
        "measure": measure,
        "crumbs": breadcrumbs(unit, request.user, period),
        "rows": rows,
        "years": _years(period),
        "before": periods.year_period(period.first.year - 1),
        "totals": sums,
        "gone": _gone(unit, period, measure, sums),
        "sources": sum(line.sources for line in rows),
        "under_way": sum(line.under_way for line in rows),
        "last": _sum(line.last for line in rows),
        "now": _sum(line.now for line in rows),
        "own": own,
        "sum": total,
        "difference": attainment.describe_difference(total, own),
        "form": form,
        "problems": problems,
        "wrong": wrong,
        "most": assign.MOST,
        "seen": request.POST.get("luoi") or assign.grid_token(unit, period, measure.key),
        "pasted": request.POST.get("cot", "") if problems else "",
        "reviewed": request.method == "POST" and not wrong,
        "back": links.quotas_url(unit, period, measure.key),
        "switch": period_choices.period_choices(
            period, lambda other: links.grid_url(unit, other, measure.key), ahead=1, quarters=False
        ),
    }
    if any(isinstance(problem, assign.Stale) for problem in problems):
        context["seen"] = assign.grid_token(unit, period, measure.key)
    return render(request, "reports/quota_grid.html", context, status=422 if wrong else 200)


def _sum(numbers):
    """The sum of what is known, None where nothing is."""
    found = [number for number in numbers if number is not None]
    return sum(found) if found else None


def _years(period):
    """The two years before the period begins, the earlier first."""
    return [periods.year_period(period.first.year - 2), periods.year_period(period.first.year - 1)]


def _gone(unit, period, measure, sums):
    """[(year, what `unit` admitted, its list)] of the years in which units that are no more admitted a part of it."""
    years = _years(period)
    whole = figures.tally_cells(unit, [(year, measure) for year in years])
    return [
        (year, number, links.figure_url(unit, year, measure.key))
        for year, number, total in zip(years, whole, sums, strict=True)
        if total is not None and number != total
    ]


def _lines(unit, period, measure, shown, typed):
    """A `Line` for each unit shown; a fixed number of statements."""
    years, pks, begin = _years(period), [row.pk for row in shown], figures.register_begin()
    counts = figures.count_by_child(unit, [(year, measure) for year in years])
    at_hand, going = assign.count_sources(unit), figures.under_way_by_child(unit)
    given = attainment.quotas_of(pks, [period, years[1]], measure.key)
    waiting = Quota.objects.pending().heads().of(period, measure.key).filter(unit__in=pks)
    asked = {row.unit_id: row for row in waiting.select_related("membership")}
    lines = []
    for row in shown:
        pk, now = row.pk, given.get((row.pk, period))
        past = [
            (number if begin and begin <= year.last else None, links.figure_url(row, year, measure.key))
            for number, year in zip(counts.get(pk, (0, 0)), years, strict=True)
        ]
        plain = now is not None and now.quota.kind == Quota.Kind.NUMBER
        text = typed.get(f"q{pk}", str(int(now)) if plain else "")
        last = given.get((pk, years[1]))
        lines.append(Line(row, past, at_hand[pk], going[pk], last, now, asked.get(pk), text[:20]))
    return lines


def _paste(rows, posted):
    """Fill the column from what was pasted, by the units' names where it has them; [what is wrong], filling nothing."""
    cells = assign.parse_pasted(posted.get("cot", "")[:20_000])
    if not cells:
        return [_("Chưa dán cột số nào.")]
    if all(name for name, _cell in cells):
        known = {name: line for line in rows for name in line.names.split("|")}
        found = [(known.get(fold(name)), cell) for name, cell in cells]
        unknown = [name[:60] for (line, _cell), (name, _) in zip(found, cells, strict=True) if line is None]
        if unknown:
            words = _("Không có đơn vị “%(name)s” trong lưới; chưa điền gì.")
            return [words % {"name": name} for name in unknown]
    elif len(cells) > len(rows):
        facts = {"n": len(cells), "rows": len(rows)}
        return [_("Cột dán có %(n)d số, lưới có %(rows)d đơn vị; chưa điền gì.") % facts]
    else:
        found = zip(rows, (cell for _name, cell in cells), strict=False)
    for line, cell in found:
        line.typed = cell[:20]
    return []


def _mark(rows):
    """Mark the cells that could not be saved as they are; each says itself what is wrong."""
    current = {line.unit.pk: line.now.quota for line in rows if line.now is not None}
    _numbers, wrong = assign.read_column({line.unit: line.typed for line in rows}, current)
    for line in rows:
        line.error = wrong.get(line.unit, "")


def _save(request, unit, period, measure, rows, form):
    """(how many were written, []), or (None, problems) with the cells and the form marked; nothing is saved then."""
    if not form.is_valid():
        _mark(rows)
        return None, []
    typed = {line.unit: line.typed for line in rows}
    seen = request.POST.get("luoi", "")
    try:
        with transaction.atomic():
            facts = {"by": request.user, "basis": form.basis_row(), "seen": seen, "measure": measure.key}
            return assign.give_column(unit, period, typed, **facts), []
    except assign.Stale as stale:
        return None, [stale]
    except Refused as refusal:
        found = refusal.message_dict
        for line in rows:
            line.error = " ".join(found.pop(line.name, []))
        for name, sentences in found.items():
            form.add_error(name, sentences)
    return None, []
