"""Reads a request: the dossier in its address."""

from django.shortcuts import get_object_or_404

from admissions.models import Dossier
from branches.request import UserRequest


def asked_dossier(request: UserRequest, year: int, serial: int) -> Dossier:
    """The dossier of the address, if it lies inside the user's scope; otherwise 404."""
    rows = Dossier.objects.for_user(request.user).select_related(
        "candidate__ethnicity", "candidate__religion", "branch__parent__parent", "commune"
    )
    return get_object_or_404(rows, year=year, serial=serial)
