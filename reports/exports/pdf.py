"""The written report as a PDF. The words reach the typesetter as data and are never read as markup."""

import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.exports import party_layout
from reports.exports.document import Document, Progress, ignore_progress, print_cell

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "templates" / "report.typ"


@override("vi")
def write(path: Path, document: Document, *, progress: Progress = ignore_progress) -> None:
    """Write the report to `path`. Liberation Serif is the one typeface, from this project's own files."""
    tables = party_layout.tables_in_order(document)
    progress(len(tables), 2 * len(tables), _("Dàn trang"))
    data = party_layout.layout_values(document) | {
        "layout": _layout(),
        "difficulties": party_layout.split_paragraphs(document.difficulties),
        "tasks": party_layout.split_paragraphs(document.tasks),
        "tables": [_table(n, table) for n, table in enumerate(tables, start=1)],
    }
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    progress(2 * len(tables), 2 * len(tables), _("Ghi tệp"))
    path.write_bytes(made)


def _layout():
    layout = party_layout.current_layout()
    names = ("margins_mm", "motto_pt", "head_pt", "type_pt", "abstract_pt", "body_pt", "line_pt", "after_pt")
    return {name: getattr(layout, name) for name in (*names, "indent_mm", "recipients_pt")}


def _table(n, table):
    return {
        "caption": party_layout.table_caption(n, table),
        "whole": len(table.rows) <= party_layout.WHOLE,
        "widths": [column.width for column in table.columns],
        "left": [column.kind == "text" for column in table.columns],
        "heads": [column.head for column in table.columns],
        "rows": [
            {
                "kind": row.kind,
                "cells": [
                    print_cell(cell, column.kind)
                    for cell, column in zip(row.cells, table.columns, strict=True)
                ],
            }
            for row in table.rows
        ],
    }
