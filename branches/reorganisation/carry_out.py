"""Carry a plan out, in one transaction."""

from typing import TYPE_CHECKING

from branches.models import Reorganisation
from branches.reorganisation.outcome import Rehearsal

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def carry_out(plan: Reorganisation, *, by: "_User", seen: int | None = None) -> Rehearsal:
    """Carry `plan` out and return what was done; `seen` is the version of the plan that somebody looked at.

    Raises `ValidationError` with sentences when a total differs, something has no heir, a blocking question is open or
    the day is still to come; `PermissionDenied`.
    """
    raise NotImplementedError
