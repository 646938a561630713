"""What of the source list is due to somebody: proposals that wait for the base committee, remarks of helpers, and
helpers who are no longer there."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import GRANTS, Permission
from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.sources.remarks import list_helped, list_helpers, remark_period
from admissions.states import State
from admissions.worklist.errands import Errand
from branches.models import Organisation, Tier
from notation.dates import dmy
from notation.numbers import format_number

OWN_WORK = (Tier.BASE, Tier.SECTION, Tier.BRANCH)
"""Where these things are somebody's own work: the district records for units what they send in, and is not reminded."""


def list_source_errands(user: User, day: date) -> list[Errand]:
    """The proposals and the remarks that wait for `user` on `day`, and the helpers in whose place another is due."""
    return [*_proposals(user), *_helpers(user, day)]


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


def _helpers(user, day):
    for unit in units_of_posts(user, Permission.BRANCH_WORK):
        helped = list_helped(user, unit)
        lacking = [row.dossier.candidate.full_name for row in helped if row.lacks_remark(day)]
        if lacking:
            words = _("%(n)s người chưa có nhận xét của người giúp đỡ trong kỳ")
            yield _errand(unit, words, lacking, "thieu", due=remark_period(day)[1])
        gone = [row.name for row in list_helpers(user, helped) if row.gone]
        if gone:
            words = _("%(n)s người giúp đỡ có thể không còn ở đơn vị: kiểm lại, phân công người khác")
            yield _errand(unit, words, gone, "roi")


def _errand(unit, words, names, only, due=None):
    """What is due for the people called `names`, which the page of helpers lists under `only`."""
    first = ", ".join(names[:3])
    return Errand(
        unit=unit.title,
        what=words % {"n": format_number(len(names))},
        url=f"{reverse('reports:helpers')}?{urlencode({'don-vi': unit.pk, 'loc': only})}#{only}",
        due=due,
        detail=first if len(names) <= 3 else _("%(names)s và người khác") % {"names": first},
    )


def _sources_url(unit, anchor):
    return f"{reverse('reports:sources')}?{urlencode({'don-vi': unit.pk})}#{anchor}"
