"""Reads a request: the dossier in its address, the version that its form was shown with, the list it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from admissions.models import AwarenessClass, Dossier
from admissions.worklist.dossier_list import dossiers_asked_for
from branches.request import UserRequest

LIST, NEXT = "ds", "sau"
"""What an address carries: the query string of the list, and the dossier that came next before an act."""


def asked_dossier(request: UserRequest, year: int, serial: int) -> Dossier:
    """The dossier of the address, if it lies inside the user's scope; otherwise 404."""
    rows = Dossier.objects.for_user(request.user).select_related(
        "candidate__ethnicity", "candidate__religion", "branch__parent__parent", "commune"
    )
    return get_object_or_404(rows, year=year, serial=serial)


@dataclass(frozen=True)
class Pager:
    """Where a dossier stands in the list it was opened from; `place` is None once an act took it off that list.

    `list` is the list's query string, `previous` and `next` are addresses, `here` is what an address of this
    dossier carries to stay in the list, and `after_act` what it carries once an act is recorded.
    """

    list: str = ""
    count: int = 0
    place: int | None = None
    previous: str | None = None
    next: str | None = None
    here: str = ""
    after_act: str = ""

    def __bool__(self):
        return bool(self.here)


def pager_of(request: UserRequest, dossier: Dossier) -> Pager:
    """The `Pager` of the dossier in the list that the address names; an empty one, false, where it names none."""
    if LIST not in request.GET:
        return Pager()
    query = request.GET[LIST]
    here = "?" + urlencode({LIST: query})
    rows = dossiers_asked_for(request.user, dict(parse_qsl(query)))
    keys = list(rows.values_list("year", "serial"))
    numbers = {f"{year}/{serial}": place for place, (year, serial) in enumerate(keys)}
    place = numbers.get(f"{dossier.year}/{dossier.serial}")
    after = place + 1 if place is not None else numbers.get(request.GET.get(NEXT, ""))

    def address(n):
        if n is None or not 0 <= n < len(keys):
            return None
        year, serial = keys[n]
        return Dossier(year=year, serial=serial).get_absolute_url() + here

    then = "/".join(map(str, keys[after])) if after is not None and after < len(keys) else ""
    return Pager(
        list=query,
        count=len(keys),
        place=None if place is None else place + 1,
        previous=None if place is None else address(place - 1),
        next=address(after),
        here=here,
        after_act="?" + urlencode({LIST: query, NEXT: then}),
    )


def seen_version(typed: Mapping[str, str]) -> int:
    """The version that the form was shown with; −1, which no row has, for anything that is no version."""
    text = typed.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def asked_class(request: UserRequest, pk: int) -> AwarenessClass:
    """The class of the address, if the user's scope or a committee above it opened it; otherwise 404."""
    return get_object_or_404(AwarenessClass.objects.for_user(request.user).select_related("unit"), pk=pk)


def classes_in_year(request: UserRequest, year: int) -> QuerySet[AwarenessClass]:
    """The classes that began in `year`, as far as the user may see them; the latest first."""
    return AwarenessClass.objects.for_user(request.user).filter(first__year=year)
