"""Two versions line by line."""

from dataclasses import replace

import pytest

from admissions import procedure
from admissions.procedure import comparing

pytestmark = pytest.mark.django_db


def test_two_versions_differ_where_the_law_changed_and_nowhere_else():
    a, b = procedure.get_version("qd29-2016"), procedure.get_version("qd208-2026")
    differing = {(pair.group, pair.label) for pair in comparing.compare_versions(a, b) if not pair.same}
    assert ("clocks", "Tổ chức lễ kết nạp") in differing, "from receipt to issue"
    assert ("force", "Ai quyết định") in differing
    assert ("papers", "1-KNĐ") not in differing
    assert all(pair.same for pair in comparing.compare_versions(a, a))
    forms = comparing.compare_versions(a, procedure.get_version("qd29-2017"))
    assert {pair.group for pair in forms if not pair.same} == {"force", "regulations"}


def test_what_only_one_version_has_stands_opposite_a_dash():
    a, b = procedure.get_version("qd29-2016"), procedure.get_version("qd24-2022")
    (pair,) = [pair for pair in comparing.compare_versions(a, b) if pair.label == "Đính chính phụ lục"]
    assert pair.first is None
    assert pair.second.words == "3028-CV/BTCTW, 04/04/2022"


def test_a_step_that_only_the_later_version_has_stands_at_its_place():
    a = procedure.get_version("qd29-2016")
    extra = replace(a.steps[0], key="interview", title="Gặp mặt")
    b = replace(a, steps=(*a.steps[:5], extra, *a.steps[5:]))
    steps = [pair for pair in comparing.compare_versions(a, b) if pair.group == "steps"]
    assert [(n, pair.label) for n, pair in enumerate(steps) if not pair.same] == [(5, "Gặp mặt")]
    assert comparing.compare_versions(b, a)[comparing.compare_versions(a, b).index(steps[5])].second is None


def test_steps_in_another_order_are_a_difference():
    a = procedure.get_version("qd29-2016")
    (pair,) = [
        p for p in comparing.compare_versions(a, replace(a, steps=a.steps[1:] + a.steps[:1])) if not p.same
    ]
    assert pair.label == "Thứ tự các bước"


def test_what_is_called_otherwise_in_the_other_version_keeps_its_line():
    a, b = procedure.get_version("qd29-2016"), procedure.get_version("qd294-2025")
    label = "Ban Thường vụ Huyện ủy quyết định kết nạp"
    (pair,) = [p for p in comparing.compare_versions(a, b) if p.label == label]
    assert pair.second.words.startswith("Ban Thường vụ Đảng ủy xã quyết định kết nạp: ")
