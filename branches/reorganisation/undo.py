"""Put back what a plan changed, as long as nothing was built on it."""

from typing import TYPE_CHECKING

from branches.models import Reorganisation
from branches.reorganisation.outcome import Obstacle

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def list_undo_obstacles(plan: Reorganisation) -> list[Obstacle]:
    """What was built on the new units since `plan` was carried out; it can be undone when every row is `ok`."""
    raise NotImplementedError


def undo(plan: Reorganisation, *, by: "_User", reason: str) -> None:
    """Put everything back as before. Raises `ValidationError` with what was built on it, `PermissionDenied`."""
    raise NotImplementedError
