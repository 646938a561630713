"""The catalogues: where they lie, who changed them, the reasons to choose from, the numbers given out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Activity, User
from accounts.roles import Permission
from admissions.catalogues import reasons as reason_list
from admissions.catalogues import rights
from admissions.exceptions import Refused
from admissions.forms.base import add_refusal
from admissions.forms.catalogues import ReasonForm
from admissions.models import Dossier, Reason
from admissions.rules import document_numbers
from branches.models import Mandate, Organisation, Tier, term_since, within_scope
from branches.request import UserRequest
from notation.dates import today
from notation.vietnamese import fold

PAGE = 50
PAGE_OF_NUMBERS = 100


def show_catalogues(request: UserRequest) -> HttpResponse:
    return render(
        request, "admissions/catalogues/index.html", {"may_change": rights.may_change(request.user)}
    )


# The log


def show_activity(request: UserRequest) -> HttpResponse:
    """Who saw what, fetched what and changed which list, among the people of the administrator's units."""
    rights.require_right(request.user)
    people = User.objects.filter(within_scope(request.user.scope(Permission.CHANGE_LISTS), "posts__unit__"))
    rows = Activity.objects.filter(user__in=people).select_related("user")
    action, name = request.GET.get("viec", ""), request.GET.get("ten", "").strip()[:120]
    if action in Activity.Action.values:
        rows = rows.filter(action=action)
    if name:
        asked = fold(name).split()
        matching = [
            user.pk
            for user in people.distinct()
            if all(word in f"{fold(user.full_name)} {user.username}" for word in asked)
        ]
        rows = rows.filter(user__in=matching)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("trang")),
        "actions": Activity.Action.choices,
        "action": action,
        "name": name,
    }
    return render(request, "admissions/catalogues/activity.html", context)


# Reasons


def show_reasons(request: UserRequest) -> HttpResponse:
    """The reasons by where they are offered; administrators add one here."""
    may_change = rights.may_change(request.user)
    form = ReasonForm(request.POST or None) if may_change else None
    if request.method == "POST":
        rights.require_right(request.user)
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                row = reason_list.add_reason(**form.cleaned_data, by=request.user)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Đã thêm lý do “%(text)s”.") % {"text": row.text})
                return redirect("catalogues:reasons")
    rows = list(Reason.objects.all())
    context = {
        "groups": [(use.label, [row for row in rows if row.use == use]) for use in Reason.Use],
        "form": form,
        "may_change": may_change,
    }
    status = 422 if form and form.errors else 200
    return render(request, "admissions/catalogues/reasons.html", context, status=status)


@require_POST
def switch_reason_page(request: UserRequest, pk: int) -> HttpResponse:
    """Stop offering a reason, or offer it again."""
    row = get_object_or_404(Reason, pk=pk)
    active = request.POST.get("dung") == "1"
    reason_list.switch_reason(row, active, by=request.user)
    words = _("“%(text)s” được dùng lại.") if active else _("“%(text)s” thôi không đưa ra chọn nữa.")
    messages.success(request, words % {"text": row.text})
    return redirect("catalogues:reasons")


# Numbers of documents


def show_number_books(request: UserRequest) -> HttpResponse:
    """The numbers one issuer gave out, a book for each term and symbol, with what is missing between them."""
    units = Organisation.objects.for_user(request.user)
    issuer = _issuer(request, units)
    books = document_numbers.number_books(issuer)
    book = _book(request, books)
    names = dict(Mandate.objects.filter(unit__in=issuer.ancestor_ids()).values_list("since", "name"))
    seen = Dossier.objects.for_user(request.user).filter(documents__issuer=issuer)
    page = Paginator(book.documents[::-1] if book else [], PAGE_OF_NUMBERS).get_page(request.GET.get("trang"))
    context = {
        "issuer": issuer,
        "groups": _grouped(units.filter(documents__isnull=False).distinct(), issuer),
        "books": [_line_of(row, names, row is book, issuer) for row in books],
        "book": _line_of(book, names, True, issuer) if book else None,
        "page": page,
        "seen": set(seen.values_list("pk", flat=True)),
    }
    return render(request, "admissions/catalogues/registers.html", context)


def _issuer(request, units):
    """The unit named by `don-vi`, or the highest of the viewer's; outside the scope 404."""
    if "don-vi" not in request.GET:
        tops = sorted(units.filter(path__in=request.user.scope()), key=lambda unit: unit.path.count("/"))
        if not tops:
            raise Http404
        return tops[0]
    asked = request.GET["don-vi"]
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return get_object_or_404(units, pk=int(asked))


def _book(request, books):
    """The book named by `so` ("QĐ/HU.2015-08-12"), or the first one: that of the latest term."""
    if "so" not in request.GET:
        return books[0] if books else None
    for book in books:
        if _key(book) == request.GET["so"]:
            return book
    raise Http404


def _key(book):
    return f"{book.symbol}.{book.term_since.isoformat()}"


def _line_of(book, names, shown, issuer):
    """What the page says of a book; a next number is proposed in the term that runs."""
    running = book.term_since == term_since(issuer, today())
    last = book.documents[-1].serial
    return {
        "key": _key(book),
        "symbol": book.symbol,
        "term": names.get(book.term_since, ""),
        "since": book.term_since,
        "count": len(book.documents),
        "last": document_numbers.format_document_number(last, book.symbol),
        "next": document_numbers.format_document_number(last + 1, book.symbol) if running else "",
        "missing": sum(b - a + 1 for a, b in book.gaps),
        "gaps": ", ".join(f"{a:02d}" if a == b else f"{a:02d}–{b:02d}" for a, b in book.gaps),
        "shown": shown,
    }


def _grouped(units, issuer):
    """[(title of the group, units)] for a list to choose from: the highest units, then each base with its branches."""
    rows = {unit.pk: unit for unit in [*units.select_related("parent__parent"), issuer]}
    groups = {}
    for unit in rows.values():
        high = unit.tier in (Tier.PROVINCE, Tier.DISTRICT)
        groups.setdefault(None if high else unit.base_organisation, []).append(unit)
    ordered = sorted(
        groups.items(), key=lambda item: (item[0] is not None, (item[0] and item[0].sort_key) or "")
    )
    return [
        (
            base.title if base else "",
            sorted(members, key=lambda u: (u.path.count("/"), u.place_in_tables)),
        )
        for base, members in ordered
    ]
