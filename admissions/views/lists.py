"""The register as a list: filtered, sorted and searched through the address alone."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.models import Dossier
from admissions.worklist.as_of import show_as_of
from admissions.worklist.dossier_list import STATES, asked_day, dossiers_asked_for, filters_in_words
from branches.models import Organisation, Tier
from branches.request import UserRequest

PAGE = 50
COLUMNS = {
    "ngay-sinh": gettext_lazy("Ngày sinh"),
    "gioi-tinh": gettext_lazy("Giới tính"),
    "nghe-nghiep": gettext_lazy("Nghề nghiệp"),
    "dang-bo": gettext_lazy("Đảng bộ"),
    "giup-do": gettext_lazy("Người giúp đỡ"),
    "nop-don": gettext_lazy("Ngày nộp đơn"),
    "quyet-dinh": gettext_lazy("Ngày quyết định"),
    "tu-ngay": gettext_lazy("Từ ngày"),
}
"""What may stand beside the name, the branch and the state, as the address names it (`cot`)."""

USUAL = ("ngay-sinh", "dang-bo", "tu-ngay")
"""The columns of an address that names none."""


def list_dossiers(request: UserRequest) -> HttpResponse:
    """The dossiers that the query asks for; the only hit of a search by number opens at once."""
    rows = dossiers_asked_for(request.user, request.GET).for_list()
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    day, problem = asked_day(request.GET)
    page.object_list = show_as_of(list(page.object_list), day)
    query = request.GET.copy()
    query.pop("trang", None)
    typed = request.GET.get("q", "").strip()
    if typed and page.paginator.count == 1 and typed[0].isdigit():
        return redirect(page.object_list[0])
    columns = request.GET.getlist("cot") or USUAL
    context = {
        "asides": filters_in_words(request.GET),
        "kept": [name for name in ("han", "cong-nhan", "quy-dinh") if name in request.GET],
        "page": page,
        "day_problem": problem,
        "query": query.urlencode(),
        "states": [(key, label) for key, (label, _states) in STATES.items()],
        "units": _units(request),
        "columns": columns,
        "choices": [(key, label, key in columns) for key, label in COLUMNS.items()],
        "years": Dossier.objects.for_user(request.user)
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct(),
        "asked": request.GET,
        "may_enter": request.user.may(Permission.ENTER),
        "may_take_up": request.user.may(Permission.ENTER) and request.user.may(Permission.APPRAISE),
    }
    return render(request, "admissions/dossiers.html", context)


def _units(request):
    """The units one may choose from, the highest first: down to base organisations, and the branch that is chosen."""
    condition, asked = Q(tier__in=[Tier.DISTRICT, Tier.BASE]), request.GET.get("don-vi", "")
    if asked.isdecimal() and len(asked) < 18:
        condition |= Q(pk=int(asked))
    units = Organisation.objects.for_user(request.user).filter(condition)
    order = {Tier.DISTRICT: 0, Tier.BASE: 1}
    return sorted(units, key=lambda unit: (order.get(unit.tier, 2), unit.sort_key))
