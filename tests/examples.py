"""How many examples a property test tries, and what they begin with.

HYPOTHESIS_PROFILE=fast (`make test-fast`) tries few of them.
"""

import os
from copy import deepcopy

from hypothesis import settings
from hypothesis.extra.django import TestCase

from tests import factories

FAST = os.environ.get("HYPOTHESIS_PROFILE") == "fast"
settings.register_profile("fast", max_examples=10)
if FAST:
    settings.load_profile("fast")


def examples(number: int) -> int:
    """`number`, or a tenth of it with the fast profile."""
    return max(2, number // 10) if FAST else number


class PropertyTestCase(TestCase):
    """Property tests whose examples begin with the same rows, made once by `make`; what an example writes goes."""

    @staticmethod
    def make():
        """A namespace of rows; a test case that needs more than the district overrides it."""
        return factories.district()

    @classmethod
    def setUpTestData(cls):
        cls.made = cls.make()

    def begin(self):
        """What `make` made, a copy for each example."""
        return deepcopy(type(self).made)
