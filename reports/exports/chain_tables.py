"""The chain as a workbook: steps, units, reasons, and everybody in it with the days of their steps."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notation.numbers import NOTHING, format_number
from notation.vietnamese import sort_key
from reports.closing import year_reading
from reports.closing.source import Source
from reports.exports import party_layout
from reports.exports.document import Column, Document, Row, Table, make_sum
from reports.exports.form_10 import place_and_day
from reports.figures import chain, chain_steps
from reports.figures.chain import Chain, Tally
from reports.figures.chain_steps import STEPS
from reports.pages import chain as page
from reports.pages.chain_closed import KeptChain


def make_chain(source: Source, *, cohort: bool = False) -> Document:
    """The chain of the units of `source`, together where there are several; of everybody."""
    asked = [page.Asked(unit, source.period, cohort=cohort) for unit in source.group.units]
    kept = [
        KeptChain(one, source.closing)
        for one in asked
        if not cohort and source.closing and year_reading.keeps_year(source.closing)
    ]
    chains = (
        [one.counts for one in kept]
        if kept
        else [chain.read_chain(one.unit, one.period, cohort=cohort) for one in asked]
    )
    tables = (
        _steps_table([] if kept else asked, chains),
        _units_table(asked, chains),
        _reasons_table(_kept_reasons(kept) if kept else _reasons(asked, chains)),
        _kept_people_table(kept) if kept else _people_table(asked),
    )
    return Document(
        title=str(DOCUMENTS["chuoi-lua" if cohort else "chuoi"][0]),
        units=source.group.title,
        place=place_and_day(source, kept=not cohort),
        day=source.period.last,
        tables=tables,
        issuer=party_layout.issuer_of(source.group),
    )


def _together(chains: list[Chain]) -> dict[str, Tally]:
    whole = {step.key: Tally() for step in STEPS}
    for one in chains:
        for key, tally in one.whole.items():
            whole[key].add(tally)
    return whole


def _days_cells(tally):
    """Median and nine of ten; in words where they would tell of single people."""
    if 0 < len(tally.days) < chain.LEAST:
        return _("ít hơn %(n)d người") % {"n": chain.LEAST}, None
    return tally.median, tally.most


def _steps_table(asked, chains):
    """The steps; who waits today stands there for what is `asked` of the register, a closed quarter has none."""
    columns = (
        Column("no", _("TT"), 6),
        Column("step", _("Bước"), 34),
        Column("since", _("Thời gian tính từ"), 30),
        Column("people", _("Số người"), 10, "number"),
        Column("rural", _("Nông thôn"), 10, "number"),
        Column("median", _("Trung vị (ngày làm việc)"), 14, "number"),
        Column("most", _("90% xong trong"), 12, "number"),
        Column("limit", _("Hạn"), 10),
        Column("late", _("Quá hạn"), 10, "number"),
        *([Column("waiting", _("Đang chờ"), 10, "number")] if asked else []),
    )
    whole, waiting = _together(chains), [_waiting(one) for one in asked]
    limits = {
        step.key: ", ".join(dict.fromkeys(page.limit_in_words(one, step.key) for one in chains))
        for step in STEPS
        if step.limited
    }
    rows = []
    for n, step in enumerate(STEPS, start=1):
        tally = whole[step.key]
        late = len(tally.passed) if step.limited else None
        limit = limits.get(step.key, NOTHING)
        cells = (str(n), str(step.label), str(step.since), tally.people, tally.rural)
        row = (*cells, *_days_cells(tally), limit, late)
        if asked:
            row = (*row, sum(one[step.key] for one in waiting) if step.key in waiting[0] else None)
        rows.append(Row(row))
    return Table("steps", _("Chuỗi"), columns, tuple(rows), signed=True)


def _waiting(asked):
    return chain_steps.count_waiting(asked.unit, listed_in=asked.period if asked.cohort else None)


def _units_table(asked, chains):
    columns = (
        Column("no", _("TT"), 6),
        Column("unit", _("Đơn vị"), 36),
        *(Column(step.key, str(step.label), 11, "number") for step in STEPS),
        Column("median", _("Trung vị đến quyết định"), 12, "number"),
        Column("most", _("90% xong trong"), 12, "number"),
        Column("late", _("Quá hạn"), 10, "number"),
    )
    single = len(asked) == 1
    lines = page.chain_units(asked[0], chains[0]) if single else list(map(page.total_line, asked, chains))
    parts = (
        [chains[0].parts.get(line.unit.pk, {step.key: Tally() for step in STEPS}) for line in lines]
        if single
        else [one.whole for one in chains]
    )
    whole = _together(chains)
    numbers = [[part[step.key].people for step in STEPS] for part in parts]
    sums = [
        make_sum(whole[step.key].people, [row[at] for row in numbers], 1) for at, step in enumerate(STEPS)
    ]
    rows = [Row(("", _("Toàn đơn vị"), *sums, *_speed_cells(whole["decided"])), "total")]
    rows += [
        Row((str(n), line.unit.title, *row, *_speed_cells(line.decided)))
        for n, (line, row) in enumerate(zip(lines, numbers, strict=True), start=1)
    ]
    return Table("by_unit", _("Theo đơn vị"), columns, tuple(rows), signed=True)


def _speed_cells(tally):
    return tally.median, tally.most, len(tally.passed)


def _reasons(asked, chains):
    """([(reason, number)] of late decisions of each unit, the same of returns)."""
    late = [page.late_reasons(one, counts).rows for one, counts in zip(asked, chains, strict=True)]
    returned = [page.return_reasons(one, page.returns_of(one)).rows for one in asked]
    return tuple(
        [(reason, number) for rows in found for reason, number, _url in rows] for found in (late, returned)
    )


def _kept_reasons(kept):
    """As `_reasons`, of a closed quarter."""
    late, returned = (
        [one.late_reasons for one in kept],
        [one.returns.by_reason for one in kept],
    )
    return tuple(
        [(reason, len(pks)) for row in found for reason, pks in row.items()] for found in (late, returned)
    )


def _reasons_table(reasons):
    columns = (
        Column("no", _("TT"), 6),
        Column("what", _("Việc"), 24),
        Column("reason", _("Lý do chính"), 50),
        Column("number", _("Số"), 10, "number"),
    )
    rows = []
    for head, found in zip((_("Quyết định quá hạn"), _("Lượt trả lại")), reasons, strict=True):
        sums: dict[str, int] = {}
        for reason, number in found:
            sums[reason] = sums.get(reason, 0) + number
        total = make_sum(sum(sums.values()), list(sums.values()), len(rows) + 1)
        rows.append(Row(("", head, _("Cộng"), total), "total"))
        rows += [Row((str(n), head, *row)) for n, row in enumerate(sums.items(), start=1)]
    return Table("reasons", _("Lý do"), columns, tuple(rows), signed=True)


def _people_table(asked):
    columns = (
        Column("no", _("TT"), 5),
        Column("name", _("Họ và tên"), 24),
        Column("number", _("Số hồ sơ"), 10),
        Column("branch", _("Chi bộ"), 26),
        Column("base", _("Đảng bộ"), 22),
        *(Column(step.key, str(step.label), 12, "date") for step in STEPS),
        Column("returns", _("Số lần trả lại"), 8, "number"),
        Column("state", _("Trạng thái"), 20),
    )
    related = ("candidate", "branch", "commune", "admitted_branch", "admitted_commune")
    found = [
        row
        for one in asked
        for row in chain_steps.list_chain(one.unit, one.period, cohort=one.cohort).select_related(*related)
    ]
    found.sort(key=lambda row: (row.candidate.sort_key, row.pk))
    rows = [Row(_person_cells(n, row), url=row.get_absolute_url()) for n, row in enumerate(found, start=1)]
    return Table("people", _("Danh sách"), columns, tuple(rows), tall=True)


def _kept_people_table(kept):
    """Everybody who took a step in a closed quarter, with the days of those steps."""
    columns = (
        Column("no", _("TT"), 5),
        Column("name", _("Họ và tên"), 24),
        Column("number", _("Số hồ sơ"), 10),
        Column("branch", _("Chi bộ"), 26),
        Column("base", _("Đảng bộ"), 22),
        *(Column(step.key, str(step.label), 12, "date") for step in STEPS),
    )
    people: dict[int, tuple] = {}
    for one in kept:
        for step in STEPS:
            for row in year_reading.kept_step_lines(one.closing, one.asked.unit, step.key):
                _row, days = people.setdefault(row.dossier_id, (row, {}))
                days[step.key] = date.fromisoformat(row.facts["on"])
    found = sorted(people.values(), key=lambda item: (sort_key(item[0].facts["name"]), item[0].dossier_id))
    rows = []
    for n, (row, days) in enumerate(found, start=1):
        place = (row.unit.title, row.unit.base_organisation.title)
        cells = (format_number(n), row.facts["name"], row.dossier.number, *place)
        rows.append(
            Row((*cells, *(days.get(step.key) for step in STEPS)), url=row.dossier.get_absolute_url())
        )
    return Table("people", _("Danh sách"), columns, tuple(rows), tall=True)


def _person_cells(n, row):
    branch, commune = (row.admitted_branch, row.admitted_commune) if row.stands else (row.branch, row.commune)
    days = tuple(getattr(row, step.day) for step in STEPS)
    place = (branch.title, commune.title)
    return (
        format_number(n),
        row.person.full_name,
        row.number,
        *place,
        *days,
        row.returns,
        str(row.state_words),
    )


DOCUMENTS: dict[str, tuple[str | Promise, Callable[[Source], Document]]] = {
    "chuoi": (gettext_lazy("Từ nguồn đến chính thức, theo ngày của từng bước"), make_chain),
    "chuoi-lua": (
        gettext_lazy("Từ nguồn đến chính thức, theo lứa vào danh sách"),
        partial(make_chain, cohort=True),
    ),
}
"""{report: (its title, what makes it)}."""
