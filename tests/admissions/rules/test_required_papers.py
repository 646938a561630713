"""Which papers a dossier needs."""

import pytest

from admissions.models import Paper
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


def test_a_paper_that_may_be_recorded_is_never_lacking_and_never_counted(district):
    row = factories.dossier(district.rural, district.staff)
    rows = required_papers.required_papers(row, "branch")
    optional = {need.paper.code: need for need in rows if need.paper.optional}
    assert set(optional) == {"CP-LTT", "YC-TTLL", "YC-TTNN"}
    assert not any(need.lacking for need in optional.values())
    assert required_papers.count_papers(rows)[1] == len(rows) - len(optional)
    Paper.objects.create(dossier=row, code="YC-TTLL", dated_on=row.listed_on)
    (need,) = [r for r in required_papers.required_papers(row, "branch") if r.paper.code == "YC-TTLL"]
    assert (need.had, need.mark) == (True, "ok")
    assert required_papers.count_papers(required_papers.required_papers(row, "branch"))[0] == 0
