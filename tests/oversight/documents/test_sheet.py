"""The sheet to take along: figures, tasks before, room to write; the templates are what the script composes."""

import runpy
from datetime import date

import pytest

from oversight import visits
from oversight.documents import markup, sheet
from tests import factories
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db


def test_the_sheet_of_a_visit_to_come_has_the_figures_of_today(district, oversight):
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 1))
    visit = visits.arrange_visit(district.rural, on=date(2017, 3, 9), by=oversight.head, team=oversight.team)
    lines = lines_of_file(sheet.write_sheet(visit))
    place = lines.index("Nguồn trong danh sách")
    assert lines[place + 1 : place + 3] == ["1", "1"]
    assert "Chưa có kết luận trước." in lines and "Thiếu sót: Tạo nguồn" in lines


def test_words_with_markup_in_them_stay_words(district, oversight, visit):
    visit.met = "Bí thư <w:p/> & {{ x }}"
    assert any("<w:p/> & {{ x }}" in line for line in lines_of_file(sheet.write_sheet(visit)))


def test_the_templates_are_what_the_script_composes(tmp_path):
    for path in runpy.run_path("scripts/visit_templates")["build"](tmp_path):
        kept = markup.TEMPLATES / path.relative_to(tmp_path)
        assert kept.read_bytes() == path.read_bytes(), f"run scripts/visit_templates: {kept}"
