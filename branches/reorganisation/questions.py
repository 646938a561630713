"""What a plan leaves open and somebody chooses: remembered, and answered by whoever may, also later."""

from typing import TYPE_CHECKING, Any

from branches.models import Choice, Reorganisation
from branches.reorganisation.outcome import Question

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def list_questions(plan: Reorganisation) -> list[Question]:
    """Everything that `plan` leaves open, with what was chosen; those that block first."""
    raise NotImplementedError


def choose(plan: Reorganisation, key: str, answer: Any, *, by: "_User") -> Choice:
    """Remember `answer` to the question `key`; of a plan that was carried out it is carried out at once.

    Raises `ValidationError` where there is no such question or the answer is none of its choices, `PermissionDenied`.
    """
    raise NotImplementedError
