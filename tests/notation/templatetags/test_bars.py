"""Bars: how long, on which grid, under which axis."""

import re

from notation.templatetags.bars import axis, grid, plain_bar


def test_the_axis_marks_round_values_below_the_longest_bar():
    assert grid(37) == [0, 10, 20, 30]
    assert grid(7) == [0, 1, 2, 3, 4, 5, 6]
    drawn = axis(37)
    assert re.findall(r'x="([\d.%]+)"[^>]*>(\d+)<', drawn) == [
        ("0.00%", "0"),
        ("27.03%", "10"),
        ("54.05%", "20"),
        ("81.08%", "30"),
    ]


def test_a_bar_stands_on_the_grid_of_its_axis_and_is_read_aloud():
    drawn = plain_bar(10, 37, "chờ lớp 10")
    assert 'aria-label="chờ lớp 10"' in drawn and drawn.count('class="grid"') == 3
    assert 'class="b2" x="0.00%" y="2" height="10" width="27.03%"' in drawn
    assert 'class="b2"' not in plain_bar(0, 37, "chờ lớp 0")
    assert "<b>" not in plain_bar(1, 1, "<b>")
