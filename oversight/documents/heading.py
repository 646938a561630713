"""Head, abstract and signature of a visit's papers: the team under its district committee, or the committee itself."""

from django.utils.translation import gettext as _

from admissions.letters.context import ROOM_FOR_NUMBER, place_of_issue
from branches.models import Organisation
from notation.dates import dmy
from oversight.models import Visit


def head_values(visit: Visit) -> dict[str, str]:
    """{placeholder: words} of the head, the abstract and the signature."""
    district = _district(visit)
    day = visit.signed_on or visit.day
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    signs = _("TỔ TRƯỞNG") if visit.team else _("ỦY VIÊN BAN THƯỜNG VỤ")
    return {
        "superior": district.committee.upper() if visit.team else "",
        "issuer": str(visit.team or district.committee).upper(),
        "number": visit.conclusion_number or f"{ROOM_FOR_NUMBER}-TB/HU",
        "place_and_date": f"{place_of_issue(district)}, ngày {day.day:02} tháng {month} năm {day.year}",
        "abstract": describe_visit(visit),
        "signs_as": signs,
        "signs_name": _signer(visit),
    }


def describe_visit(visit: Visit) -> str:
    """What was visited and when, as it goes on after the type of a paper."""
    words = (
        _("buổi dự sinh hoạt %(unit)s ngày %(day)s")
        if visit.unit.is_branch
        else _("buổi làm việc với %(unit)s ngày %(day)s")
    )
    name = visit.unit.title if visit.unit.is_branch else visit.unit.committee
    return words % {"unit": name, "day": dmy(visit.day)}


def _district(visit) -> Organisation:
    if visit.team:
        return visit.team.unit
    base = visit.unit.base_organisation
    return base.parent or base


def _signer(visit):
    if visit.follower:
        return visit.follower.full_name
    head = visit.team.members.on(visit.day).filter(head=True).select_related("user").first()
    return head.user.full_name if head else ""
