"""What of the source list is due to somebody: proposals that wait for the base committee, remarks of helpers."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import GRANTS, Permission
from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.sources.remarks import list_helped, remark_period
from admissions.states import State
from admissions.worklist.errands import Errand
from branches.models import Organisation, Tier
from notation.dates import dmy
from notation.numbers import format_number

OWN_WORK = (Tier.BASE, Tier.SECTION, Tier.BRANCH)
"""Where these things are somebody's own work: the district records for units what they send in, and is not reminded."""


def list_source_errands(user: User, day: date) -> list[Errand]:
    """The proposals and the remarks that wait for `user` on `day`."""
    return [*_proposals(user), *_remarks(user, day)]


def units_of_posts(user: User, permission: Permission) -> list[Organisation]:
    """The base organisations and branches where a post of `user` allows `permission`, each once."""
    posts = [row for row in user.current_posts if permission in GRANTS.get(row.role, ())]
    return list({row.unit_id: row.unit for row in posts if row.unit.tier in OWN_WORK}.values())


def proposals_waiting(user: User, unit: Organisation) -> DossierQuerySet:
    """The dossiers at `unit`, in the scope of `user`, whose proposal waits for the base committee; by name."""
    rows = Dossier.objects.for_user(user).under(unit).filter(state=State.LISTED).exclude(proposal="")
    return rows.for_list().by_name()


def _proposals(user):
    for unit in units_of_posts(user, Permission.BASE_WORK):
        rows = proposals_waiting(user, unit)
        number = rows.count()
        if number:
            words = _("%(n)s đề nghị của chi bộ chờ cấp ủy cho ý kiến")
            first = rows.order_by("proposed_on").values_list("proposed_on", flat=True)[0]
            yield Errand(
                unit=unit.title,
                what=words % {"n": format_number(number)},
                url=_sources_url(unit, "de-nghi"),
                detail=_("Đề nghị sớm nhất ngày %(day)s.") % {"day": dmy(first)},
            )


def _remarks(user, day):
    _first, last = remark_period(day)
    for unit in units_of_posts(user, Permission.BRANCH_WORK):
        lacking = [row for row in list_helped(user, unit) if row.lacks_remark(day)]
        if lacking:
            words = _("%(n)s người chưa có nhận xét của người giúp đỡ trong kỳ")
            names = ", ".join(row.dossier.candidate.full_name for row in lacking[:3])
            yield Errand(
                unit=unit.title,
                what=words % {"n": format_number(len(lacking))},
                url=f"{reverse('reports:helpers')}?{urlencode({'don-vi': unit.pk, 'loc': 'thieu'})}#thieu",
                due=last,
                detail=names if len(lacking) <= 3 else _("%(names)s và người khác") % {"names": names},
            )


def _sources_url(unit, anchor):
    return f"{reverse('reports:sources')}?{urlencode({'don-vi': unit.pk})}#{anchor}"
