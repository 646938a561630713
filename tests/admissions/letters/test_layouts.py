"""The layout follows the day that a document bears."""

from datetime import date
from pathlib import Path

import pytest

from admissions import letters
from admissions.letters import word

pytestmark = pytest.mark.django_db


def test_the_layout_follows_the_day():
    assert letters.layout_for(date(2016, 1, 1)).key == "hd36-2018"
    assert letters.layout_for(date(2026, 5, 26)).key == "hd36-2018"
    assert letters.layout_for(date(2026, 5, 27)).key == "hd05-2026"
    assert letters.layout_for(date(2017, 1, 1)).confidence_on(date(2017, 1, 1)) == "unverified"
    assert Path(word.TEMPLATES, "hd05-2026", "9-KND.docx").exists()
