"""Sections of the written report are typed over; every version stays, and an empty one gives the section back."""

import pytest
from django.core.exceptions import PermissionDenied

from oversight.models import ReportPassage
from oversight.passages import keep_passages, typed_text
from reports import periods
from reports.exports.wording import keep_report_text

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2016)


def test_the_last_text_holds_and_the_same_words_are_no_new_version(district):
    for text in ("Một.", "Một.", "Hai.\r\nBa."):
        keep_passages(district.root, YEAR, {"causes": text}, by=district.staff)
    assert typed_text(district.root, YEAR) == {"causes": "Hai.\nBa."}
    assert ReportPassage.objects.count() == 2
    keep_passages(district.root, YEAR, {"causes": ""}, by=district.staff)
    assert typed_text(district.root, YEAR) == {}


def test_what_was_typed_for_the_report_of_figures_stands_where_nothing_else_was(district):
    keep_report_text(district.root, YEAR, by=district.staff, difficulties="Đi làm xa.", tasks="Mở lớp.")
    keep_passages(district.root, YEAR, {"tasks": "Mở hai lớp."}, by=district.staff)
    assert typed_text(district.root, YEAR) == {"causes": "Đi làm xa.", "tasks": "Mở hai lớp."}


def test_who_may_not_make_reports_types_nothing(district):
    with pytest.raises(PermissionDenied):
        keep_passages(district.home, YEAR, {"causes": "x"}, by=district.branch)


def test_a_passage_is_written_once(district):
    (row,) = keep_passages(district.root, YEAR, {"causes": "x"}, by=district.staff)
    with pytest.raises(TypeError):
        row.save()
