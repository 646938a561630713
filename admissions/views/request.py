"""Reads a request: the dossier in its address, the version that its form was shown with."""

from collections.abc import Mapping

from django.shortcuts import get_object_or_404

from admissions.models import Dossier
from branches.request import UserRequest


def asked_dossier(request: UserRequest, year: int, serial: int) -> Dossier:
    """The dossier of the address, if it lies inside the user's scope; otherwise 404."""
    rows = Dossier.objects.for_user(request.user).select_related(
        "candidate__ethnicity", "candidate__religion", "branch__parent__parent", "commune"
    )
    return get_object_or_404(rows, year=year, serial=serial)


def seen_version(typed: Mapping[str, str]) -> int:
    """The version that the form was shown with; −1, which no row has, for anything that is no version."""
    text = typed.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
