"""The register as a list: filtered, sorted and searched through the address alone."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions import procedure
from admissions.models import Dossier
from admissions.states import ADMITTED, CLOSED, PIPELINE, UNDER_WAY, State
from admissions.worklist.worklist import CONVERSIONS, Worklist, ending_probation
from branches.models import Organisation, Tier
from notation.dates import today

PAGE = 50
GROUPS = {
    "dang-lam": (gettext_lazy("Đang làm hồ sơ"), UNDER_WAY),
    "nguon": (gettext_lazy("Nguồn và đang làm hồ sơ"), PIPELINE),
    "da-ket-nap": (gettext_lazy("Đã kết nạp"), ADMITTED),
    "da-ket-thuc": (gettext_lazy("Đã kết thúc"), CLOSED),
}
STATES = {state.value.replace("_", "-"): (state.label, (state,)) for state in State} | GROUPS
"""What the filter of states offers: groups of states, and each state."""

HAN = {
    "qua": gettext_lazy("quá hạn"),
    "7": gettext_lazy("còn không quá 7 ngày làm việc"),
    "30": gettext_lazy("còn từ 8 đến 30 ngày làm việc"),
}
"""Groups of limits, as the page of the day has them."""

CONG_NHAN = {str(n): gettext_lazy("hết 12 tháng dự bị trong %(n)d ngày tới") for n in CONVERSIONS} | {
    "qua": gettext_lazy("đã hết 12 tháng dự bị, chưa xét")
}
"""Ends of probation, likewise."""

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

ORDERS = {
    "ten": ("candidate__sort_key", "year", "serial"),
    "so": ("-year", "-serial"),
    "don-vi": ("commune__sort_key", "branch__sort_key", "candidate__sort_key", "pk"),
    "tu-ngay": ("-state_since", "-year", "-serial"),
}


def dossiers_asked_for(user, asked):
    """The dossiers that `asked` (a query string's values) names, in its order, inside the user's scope."""
    rows = Dossier.objects.for_user(user)
    if asked.get("trang-thai") in STATES:
        rows = rows.filter(state__in=STATES[asked["trang-thai"]][1])
    if asked.get("don-vi", "").isdecimal():
        unit = Organisation.objects.for_user(user).filter(pk=int(asked["don-vi"])).first()
        rows = rows.under(unit) if unit else rows.none()
    if asked.get("nong-thon") in ("1", "0"):
        rows = rows.filter(branch__rural=asked["nong-thon"] == "1")
    if asked.get("nam", "").isdecimal():
        rows = rows.filter(year=int(asked["nam"]))
    if asked.get("han") in HAN:
        rows = rows.filter(pk__in=[due.dossier.pk for due in Worklist(user).groups[asked["han"]]])
    if asked.get("cong-nhan") in CONG_NHAN:
        rows = ending_probation(rows, asked["cong-nhan"], today())
    if binding := _version(asked):
        rows = rows.filter(procedure=binding.key)
    if asked.get("q", "").strip():
        rows = rows.search(asked["q"][:120])
    return rows.order_by(*ORDERS.get(asked.get("sap"), ORDERS["ten"]))


def _version(asked):
    """The version of the procedure whose dossiers are asked for, None when none or an unknown one is."""
    return next((row for row in procedure.load_versions() if row.key == asked.get("quy-dinh")), None)


def _asides(asked):
    """What narrows the list beside the filters of the form, in words."""
    words = [HAN[asked["han"]]] if asked.get("han") in HAN else []
    if asked.get("cong-nhan") in CONG_NHAN:
        days = asked["cong-nhan"]
        words.append(CONG_NHAN[days] % {"n": int(days)} if days.isdecimal() else CONG_NHAN[days])
    if binding := _version(asked):
        words.append(gettext_lazy("theo %(name)s") % {"name": binding.name})
    return words


def list_dossiers(request):
    rows = dossiers_asked_for(request.user, request.GET).for_list()
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    found = request.GET.get("q", "").strip()
    if found and page.paginator.count == 1 and found[0].isdigit():
        return redirect(page.object_list[0])
    columns = request.GET.getlist("cot") or USUAL
    context = {
        "asides": _asides(request.GET),
        "kept": [name for name in ("han", "cong-nhan", "quy-dinh") if name in request.GET],
        "page": page,
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
    }
    return render(request, "admissions/dossiers.html", context)


def _units(request):
    """The units one may choose from, the highest first: down to base organisations, and the branch that is chosen."""
    wanted, asked = Q(tier__in=[Tier.DISTRICT, Tier.BASE]), request.GET.get("don-vi", "")
    if asked.isdecimal() and len(asked) < 18:
        wanted |= Q(pk=int(asked))
    units = Organisation.objects.for_user(request.user).filter(wanted)
    order = {Tier.DISTRICT: 0, Tier.BASE: 1}
    return sorted(units, key=lambda unit: (order.get(unit.tier, 2), unit.sort_key))
