"""A branch with one person on its list and a review of January; the team and the follower of its commune."""

from datetime import date

import pytest

from oversight.models import Difficulty
from oversight.review_periods import month_of
from oversight.reviews import Answers, save_review
from tests import factories

JANUARY, FEBRUARY = month_of(date(2017, 1, 1)), month_of(date(2017, 2, 1))


def answers(**said):
    facts = {"held_on": date(2017, 2, 25), "members": 14, "present": 12, "assessment": "met"}
    return Answers(**facts | said)


@pytest.fixture
def source(district):
    return factories.dossier(district.rural, district.staff)


@pytest.fixture
def far_away():
    return Difficulty.objects.get(text="Thanh niên đi làm xa")


@pytest.fixture
def january(district, far_away):
    said = answers(held_on=date(2017, 1, 21), difficulties=[far_away])
    return save_review(district.rural, JANUARY, said, by=district.branch)


@pytest.fixture
def oversight(district):
    """The people of oversight: `follower`, `head`, `member`; the `team` visits Trung Nguyên."""
    return factories.overseers(district)


@pytest.fixture
def visit(district, oversight):
    """Held at the branch on 24/02/2017, nothing written down yet."""
    return factories.held_visit(district.rural, oversight.team, oversight.member)
