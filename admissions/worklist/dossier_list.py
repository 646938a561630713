"""The list of dossiers: what its address may filter and sort by."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions import procedure
from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.states import ADMITTED, CLOSED, GONE, ON_CONVERSION, PIPELINE, UNDER_WAY, State
from admissions.worklist.as_of import in_states_as_of, rows_as_of, under_as_of
from admissions.worklist.worklist import CONVERSIONS, Worklist, ending_probation
from branches.models import Organisation
from notation.dates import dmy, parse_date, today

GROUPS = {
    "dang-lam": (gettext_lazy("Đang làm hồ sơ"), UNDER_WAY),
    "nguon": (gettext_lazy("Nguồn và đang làm hồ sơ"), PIPELINE),
    "du-bi": (gettext_lazy("Đảng viên dự bị và chờ công nhận"), ON_CONVERSION),
    "da-ket-nap": (gettext_lazy("Đã kết nạp"), ADMITTED),
    "da-ket-thuc": (gettext_lazy("Đã kết thúc"), (*CLOSED, *GONE)),
}
STATES = {state.value: (state.label, (state,)) for state in State} | GROUPS
"""What the filter of states offers: groups of states, and each state."""

LIMITS = {
    "qua": gettext_lazy("quá hạn"),
    "7": gettext_lazy("còn không quá 7 ngày làm việc"),
    "30": gettext_lazy("còn từ 8 đến 30 ngày làm việc"),
}
"""Groups of limits, as the page of the day has them."""

PROBATION_ENDS = {str(n): gettext_lazy("hết 12 tháng dự bị trong %(n)d ngày tới") for n in CONVERSIONS} | {
    "qua": gettext_lazy("đã hết 12 tháng dự bị, chưa xét")
}
"""Ends of probation, likewise."""

ORDERS = {
    "ten": ("candidate__sort_key", "year", "serial"),
    "so": ("-year", "-serial"),
    "don-vi": ("commune__sort_key", "branch__sort_key", "candidate__sort_key", "pk"),
    "tu-ngay": ("-state_since", "-year", "-serial"),
}


def dossiers_asked_for(user: User, asked: Mapping[str, str]) -> DossierQuerySet:
    """The dossiers that `asked` (a query string's values) names, in its order, inside the user's scope."""
    day = asked_day(asked)[0]
    rows = rows_as_of(Dossier.objects.for_user(user), day)
    if asked.get("trang-thai") in STATES:
        rows = in_states_as_of(rows, STATES[asked["trang-thai"]][1])
    if asked.get("don-vi", "").isdecimal():
        unit = Organisation.objects.for_user(user).filter(pk=int(asked["don-vi"])).first()
        rows = under_as_of(rows, unit, day) if unit else rows.none()
    if asked.get("nong-thon") in ("1", "0"):
        rows = rows.filter(branch__rural=asked["nong-thon"] == "1")
    if asked.get("nam", "").isdecimal():
        rows = rows.filter(year=int(asked["nam"]))
    if asked.get("han") in LIMITS:
        rows = rows.filter(pk__in=[due.dossier.pk for due in Worklist(user).groups[asked["han"]]])
    if asked.get("cong-nhan") in PROBATION_ENDS:
        rows = ending_probation(rows, asked["cong-nhan"], today())
    if binding := _version(asked):
        rows = rows.filter(procedure=binding.key)
    if asked.get("q", "").strip():
        rows = rows.search(asked["q"][:120])
    return rows.order_by(*ORDERS.get(asked.get("sap", ""), ORDERS["ten"]))


def asked_day(asked: Mapping[str, str]) -> tuple[date, str]:
    """(the day of `ngay` whose register is asked for, what is wrong with it); today without one, or of one to come."""
    text = asked.get("ngay", "").strip()
    if not text:
        return today(), ""
    try:
        day = parse_date(text)
    except ValueError as error:
        return today(), str(error)
    if day > today():
        return today(), _("%(day)s chưa tới.") % {"day": dmy(day)}
    return day, ""


def _version(asked):
    """The version of the procedure whose dossiers are asked for, None when none or an unknown one is."""
    return next((row for row in procedure.load_versions() if row.key == asked.get("quy-dinh")), None)


def filters_in_words(asked: Mapping[str, str]) -> list[str | Promise]:
    """What narrows the list beside the filters of the form, in words."""
    words: list[str | Promise] = [LIMITS[asked["han"]]] if asked.get("han") in LIMITS else []
    if (day := asked_day(asked)[0]) < today():
        words.append(_("đúng như sổ ghi đến hết ngày %(day)s") % {"day": dmy(day)})
    if asked.get("cong-nhan") in PROBATION_ENDS:
        days = asked["cong-nhan"]
        words.append(PROBATION_ENDS[days] % {"n": int(days)} if days.isdecimal() else PROBATION_ENDS[days])
    if binding := _version(asked):
        words.append(gettext_lazy("theo %(name)s") % {"name": binding.name})
    return words
