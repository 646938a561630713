"""Carry a plan out and roll it back: what the page shows before is what the act does."""

from typing import TYPE_CHECKING

from branches.models import Reorganisation
from branches.reorganisation.outcome import Rehearsal

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def rehearse(plan: Reorganisation, *, by: "_User") -> Rehearsal:
    """What carrying `plan` out now would do; nothing of it stays. Raises `PermissionDenied`."""
    raise NotImplementedError
