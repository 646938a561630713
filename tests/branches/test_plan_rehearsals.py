"""Totals in groups and trees as pages draw them; a rehearsal is tried again when the plan changed."""

from datetime import date

import pytest

from branches import drafts, plan_rehearsals
from branches.drafts import ChangeDraft
from branches.models import ChangeKind
from branches.plan_rehearsals import group_totals, nest_lines
from branches.reorganisation.outcome import TotalRow, TreeLine
from tests.branches.test_drafts import BASIS


def total(group, before, after, label="x"):
    key = f"{group}{label}"
    return TotalRow(key=key, group=group, label=label, total_before=before, total_after=after)


def test_a_group_shows_its_first_rows_that_count_and_all_that_differ():
    rows = [total("A", 0, 0), total("A", 5, 5), total("B", 1, 1), total("A", 7, 7), total("A", 9, 8)]
    shown = [(group, [line.number for line in lines]) for group, lines in group_totals(rows, 1)]
    assert shown == [("A", [2, 4]), ("B", [5])]
    assert [line.difference for _group, lines in group_totals(rows, 1) for line in lines] == [0, -1, 0]
    assert [len(lines) for _group, lines in group_totals(rows)] == [4, 1]


def test_lines_stand_below_the_line_before_that_is_less_deep():
    lines = [TreeLine(depth=depth, title=title) for depth, title in ((0, "a"), (1, "b"), (2, "c"), (1, "d"))]
    (top,) = nest_lines(lines)
    assert [branch.row.title for branch in top.below] == ["b", "d"]
    assert [branch.row.title for branch in top.below[0].below] == ["c"]


def test_parts_are_added_up_as_one_writes_it():
    assert [plan_rehearsals.add_up(parts) for parts in ([21, 15, 14], [13, -1], [1200, 0], [5], [])] == [
        "21 + 15 + 14",
        "13 − 1",
        "1.200 + 0",
        "",
        "",
    ]


@pytest.mark.django_db
def test_a_rehearsal_is_kept_until_the_plan_changes(district, monkeypatch):
    rename = ChangeDraft(ChangeKind.RENAME, (district.school,), None, ({"name": "Mới"},))
    basis = BASIS | {"day": date(2017, 2, 27)}
    plan = drafts.draft_reorganisation(district.home, basis, [rename], by=district.admin)
    real, tried = plan_rehearsals.rehearse, []

    def count_tries(plan, *, by):
        tried.append(plan.version)
        return real(plan, by=by)

    monkeypatch.setattr(plan_rehearsals, "rehearse", count_tries)
    first = plan_rehearsals.shown_rehearsal(plan, by=district.admin)
    assert plan_rehearsals.shown_rehearsal(plan, by=district.admin) == first
    assert len(tried) == 1
    plan_rehearsals.shown_rehearsal(plan, by=district.admin, anew=True)
    drafts.change_basis(plan, plan.version, basis | {"number": "97-QĐ/HU"}, by=district.admin)
    plan_rehearsals.shown_rehearsal(plan, by=district.admin)
    assert tried == [1, 1, 2]
