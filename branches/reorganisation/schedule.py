"""A plan whose day is still to come waits; that morning it is rehearsed again and carried out if nothing differs."""

from typing import TYPE_CHECKING

from branches.models import Reorganisation
from branches.reorganisation.outcome import Rehearsal

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def schedule(plan: Reorganisation, *, by: "_User", seen: int | None = None) -> Rehearsal:
    """Let `plan` wait for its day, with the totals of a rehearsal of now. Raises `ValidationError` as carrying out."""
    raise NotImplementedError


def withdraw(plan: Reorganisation, *, by: "_User") -> None:
    """Let go of a plan that was not carried out. Raises `ValidationError`, `PermissionDenied`."""
    raise NotImplementedError


def carry_out_due() -> list[Reorganisation]:
    """Carry out the scheduled plans whose day has come; one whose totals differ is held, and its owner told why."""
    raise NotImplementedError
