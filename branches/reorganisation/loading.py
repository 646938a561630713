"""Read a plan from a TOML file: what is not verified in it is said in the plan and asked."""

from pathlib import Path
from typing import TYPE_CHECKING

from branches.models import Organisation, Reorganisation

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def list_files() -> list[tuple[str, str]]:
    """[(name, title)] of the plans that come with the program, in the order of their days."""
    raise NotImplementedError


def load_plan(file: Path | str, *, unit: Organisation, by: "_User") -> Reorganisation:
    """Write the plan of `file` (a path, or a name of `list_files`) down as a draft under `unit`.

    Raises `ValidationError` where the file names a unit that does not stand on the day before, `PermissionDenied`.
    """
    raise NotImplementedError
