"""An adjustment as it concerns one unit, and what it does to the measures."""

from types import SimpleNamespace

import pytest

from reports.closing import adjustments
from reports.closing.adjustments import ADDED, CHANGED, REMOVED, Adjustment, Cell
from reports.measures import MEASURES, facts_in

FACTS = dict.fromkeys(set().union(*(facts_in(measure.condition) for measure in MEASURES.values())))
HOME, OTHER, ROOT = (SimpleNamespace(path=path) for path in ("1/2/", "1/3/", "1/"))
CELL = Cell("Chi bộ", "Chi bộ thôn A", "Chi bộ thôn B")


def adjustment(kind, old_path, new_path, **facts):
    return Adjustment(
        closing=None,
        pk=1,
        year=2016,
        serial=312,
        name="Đỗ Thị Thanh Bình",
        kind=kind,
        paths=(old_path, new_path),
        old=FACTS | facts if old_path else None,
        new=FACTS | facts if new_path else None,
        cells=(CELL,) if kind == CHANGED else (),
    )


@pytest.mark.parametrize(
    ("unit", "kind", "weight", "cells"),
    [(ROOT, CHANGED, 0, (CELL,)), (HOME, REMOVED, -1, ()), (OTHER, ADDED, 1, ())],
)
def test_someone_placed_elsewhere_is_one_less_here_and_one_more_there(unit, kind, weight, cells):
    seen = adjustment(CHANGED, "1/2/4/", "1/3/5/").seen_from(unit)
    assert (seen.kind, seen.weight, seen.cells) == (kind, weight, cells)


def test_what_happens_beside_a_unit_does_not_concern_it():
    assert adjustment(ADDED, "", "1/3/5/").seen_from(HOME) is None


def test_a_number_has_four_digits_after_the_year():
    assert adjustment(ADDED, "", "1/3/5/").number == "2016/0312"


def test_one_added_counts_in_every_unit_above_and_in_the_measures_it_meets():
    row = adjustment(ADDED, "", "1/3/5/", admitted_sex="female", admitted_rural=True)
    differences = adjustments.differences_by_unit([row])
    assert set(differences) == {1, 3, 5}
    assert differences[3]["admitted"] == differences[3]["women"] == differences[3]["rural"] == 1
    assert "youth" not in differences[3]


def test_one_changed_in_place_leaves_the_total_alone():
    row = adjustment(CHANGED, "1/2/4/", "1/3/5/")
    differences = adjustments.differences_by_unit([row])
    assert (differences[1]["admitted"], differences[2]["admitted"], differences[3]["admitted"]) == (0, -1, 1)
