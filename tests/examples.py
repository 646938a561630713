"""How many examples a property test tries: all of them, or few with HYPOTHESIS_PROFILE=fast (`make test-fast`)."""

import os

from hypothesis import settings

FAST = os.environ.get("HYPOTHESIS_PROFILE") == "fast"
settings.register_profile("fast", max_examples=10)
if FAST:
    settings.load_profile("fast")


def examples(number: int) -> int:
    """`number`, or a tenth of it with the fast profile."""
    return max(2, number // 10) if FAST else number
