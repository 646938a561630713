"""A team that visits Trung Nguyên, the follower of Trung Nguyên, and a visit to its branch."""

import pytest

from tests import factories


@pytest.fixture
def oversight(district):
    """The people of oversight: `follower`, `head`, `member`; the `team` visits Trung Nguyên."""
    return factories.overseers(district)


@pytest.fixture
def visit(district, oversight):
    """Held at the branch on 24/02/2017, nothing written down yet."""
    return factories.held_visit(district.rural, oversight.team, oversight.member)
