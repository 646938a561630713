"""The page one starts the day with, and the way to a dossier by its number or name."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from accounts.models import Activity
from accounts.roles import Permission
from admissions.history import describe_event
from admissions.models import Correction, Dossier
from admissions.rules import duplicates
from admissions.worklist.errands import list_errands
from admissions.worklist.worklist import SHOWN, Worklist
from branches.request import UserRequest
from notation.vietnamese import HYPHENS, fold

HITS = 8


def show_worklist(request: UserRequest) -> HttpResponse:
    """Counters, limits and conversions in the viewer's scope."""
    desk = Worklist(request.user)
    offset, groups = 0, []
    for key, limits in desk.groups.items():
        shown = limits[: SHOWN[key]]
        groups.append({"key": key, "number": len(limits), "shown": shown, "offset": offset})
        offset += len(shown)
    context = {
        "desk": desk,
        "corrections": list(Correction.objects.waiting_for(request.user).for_list()),
        "groups": groups,
        "late": len(desk.groups["qua"]),
        "soon": dict(desk.conversions)[30],
        "story": [(event, describe_event(event)) for event in desk.latest],
        "errands": [
            (errand, errand.mark(desk.today), errand.left(desk.today))
            for errand in list_errands(request.user)
        ],
        "seen": _seen(request.user),
        "may_enter": request.user.may(Permission.ENTER),
        "doubles": len(duplicates.list_doubles(request.user)),
    }
    return render(request, "admissions/work.html", context)


def _seen(user, number=5):
    """The dossiers someone looked at last, the latest first."""
    reads = Activity.objects.filter(user=user, action=Activity.Action.READ)
    subjects = list(dict.fromkeys(reads.values_list("subject", flat=True)[:40]))[:number]
    keys = [tuple(map(int, subject.split("/"))) for subject in subjects]
    rows = Dossier.objects.for_user(user).select_related("candidate")
    dossiers = {
        (row.year, row.serial): row
        for row in rows.filter(year__in={y for y, _ in keys}, serial__in={s for _, s in keys})
    }
    return [dossiers[key] for key in keys if key in dossiers]


def find_dossiers(request: UserRequest) -> HttpResponse:
    """Dossiers by number or by words of the name, best first; `mo` opens the first one."""
    asked = request.GET.get("q", "").strip()[:120]
    rows = Dossier.objects.for_user(request.user).search(asked) if asked else Dossier.objects.none()
    hits = list(rows.for_list().order_by("-year", "-serial")[:HITS])
    if hits and "mo" in request.GET:
        return redirect(hits[0])
    words = fold(asked).split()
    context = {"hits": [(row, mark_matches(row.candidate.full_name, words)) for row in hits], "asked": asked}
    page = "admissions/_hits.html" if request.htmx else "admissions/find.html"
    return render(request, page, context)


def mark_matches(name: str, words: list[str]) -> str:
    """`name` with the parts that `words` (folded) match in <mark>."""
    folded, places = _fold_letters(name)
    hit = [False] * len(name)
    for word in words:
        place = folded.find(word)
        while place >= 0:
            first, last = places[place], places[place + len(word) - 1]
            hit[first : last + 1] = [True] * (last + 1 - first)
            place = folded.find(word, place + 1)
    parts, start = [], 0
    for end in range(1, len(name) + 1):
        if end == len(name) or hit[end] != hit[start]:
            parts.append((hit[start], name[start:end]))
            start = end
    shapes = {True: mark_safe("<mark>{}</mark>"), False: "{}"}
    return format_html_join("", "{}", ((format_html(shapes[is_hit], text),) for is_hit, text in parts))


def _fold_letters(name):
    """(`name` folded letter by letter, [the place in `name` of each letter of it])."""
    folded, places = [], []
    for place, letter in enumerate(name):
        plain = " " if letter == " " or letter in HYPHENS else fold(letter)
        folded.append(plain)
        places += [place] * len(plain)
    return "".join(folded), places
