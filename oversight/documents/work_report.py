"""The written report as a Word file, made by the jobs of reports: the six parts and three annexes."""

from pathlib import Path

from django.utils.translation import gettext_lazy, override

from branches.models import Organisation
from notation.dates import today
from oversight.documents.paper import Block, Heading, Paper, fill_paper
from oversight.pages.work_report import Part, WorkReport
from reports.closing.source import open_source
from reports.exports import make
from reports.exports.companion_lists import companion_table
from reports.exports.document import Column, Progress, Row, Table, ignore_progress
from reports.exports.form_2 import read_report
from reports.exports.party_layout import issuer_of
from reports.exports.report_tables import by_unit_table
from reports.periods import Period
from reports.unit_group import group_units

KEY = "cong-tac"
ANNEXES = {
    "ket-nap": (
        "Phụ lục 2. Danh sách kết nạp",
        ("no", "name", "born_man", "born_woman", "branch", "decided_on"),
    ),
    "den-han": (
        "Phụ lục 3. Đảng viên dự bị đến hạn xét công nhận chính thức",
        ("no", "name", "branch", "base", "probation_ends_on"),
    ),
}
"""{companion list: (caption, its columns that a page of text has room for)}."""
STEPS = 5


def register_work_report() -> None:
    """Let the jobs of reports make this one too."""
    title = gettext_lazy("Báo cáo công tác phát triển đảng viên")
    make.register_report(KEY, make.Registered(title, "bao-cao-cong-tac", write_work_report))


@override("vi")
def write_work_report(
    path: Path, unit: Organisation, period: Period, progress: Progress = ignore_progress
) -> None:
    """Write the report of `unit` for `period` to `path`; `progress` is told of the text, each annex and the file."""
    progress(0, STEPS, "Nội dung")
    blocks: list[Block] = []
    for part in WorkReport(unit, period).parts():
        blocks += _part_blocks(part)
    source = open_source(group_units([unit]), period)
    progress(1, STEPS, "Phụ lục 1")
    by_unit = by_unit_table(read_report(source))
    blocks.append(Table("by_unit", "Phụ lục 1. Kết quả theo đơn vị", by_unit.columns, by_unit.rows))
    for n, (key, (caption, keys)) in enumerate(ANNEXES.items(), start=2):
        progress(n, STEPS, caption)
        table = _narrow(companion_table(key, source), keys)
        if table.rows:
            blocks.append(Table(key, caption, table.columns, table.rows))
        else:
            blocks += [Heading(caption), "Không có ai."]
    progress(STEPS - 1, STEPS, "Ghi tệp")
    path.write_bytes(
        fill_paper(
            Paper(
                type="BÁO CÁO",
                letters="BC",
                abstract=f"Công tác phát triển đảng viên {period} của {unit.title}",
                issuer=issuer_of(group_units([unit])),
                blocks=tuple(blocks),
                to="Cấp ủy cấp trên",
                day=today(),
            )
        )
    )


def _part_blocks(part: Part) -> list[Block]:
    found: list[Block] = [Heading(part.head), *part.paragraphs]
    if part.tasks:
        columns = (
            Column("no", "TT", 5, "number"),
            Column("what", "Việc", 50),
            Column("who", "Người làm", 25),
            Column("before", "Trước ngày", 12, "date"),
        )
        rows = tuple(Row((n, task.what, task.who, task.before)) for n, task in enumerate(part.tasks, start=1))
        found.append(Table("tasks", "Việc có mốc thời gian", columns, rows))
    return found


def _narrow(table: Table, keys: tuple[str, ...]) -> Table:
    """The table with the columns of these keys only."""
    places = [table.place(key) for key in keys]
    rows = tuple(Row(tuple(row.cells[place] for place in places), row.kind) for row in table.rows)
    return Table(table.key, table.name, tuple(table.columns[place] for place in places), rows)
