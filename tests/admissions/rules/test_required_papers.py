"""Which papers a dossier needs."""

import pytest

from admissions.rules import required_papers
from branches.models import Kind, Tier
from tests import factories

pytestmark = pytest.mark.django_db


def test_rule_18_the_sections_appraisal_is_asked_for_only_under_a_section(district):
    section = factories.unit(district.home, Tier.SECTION, Kind.OTHER, "Bộ phận khối trường")
    branch = factories.unit(section, Tier.BRANCH, Kind.PUBLIC_UNIT, "Trường Tiểu học")
    for unit, applies in ((branch, True), (district.rural, False)):
        row = factories.dossier(unit, district.staff)
        (need,) = [r for r in required_papers.required_papers(row, "board") if r.paper.code == "7-KND"]
        assert need.applies is applies
    assert need.why_not == "không có đảng ủy bộ phận"
