"""The pages that can be kept under a name, and those that are shared with a user."""

import re
from collections import Counter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from branches.hand_over import Handed, HandingOver
from branches.models import within_scope
from reports.models import SavedView

ADDRESSES: dict[str, str] = {
    SavedView.Page.RANKING: "reports:ranking",
    SavedView.Page.DASHBOARD: "reports:dashboard",
    SavedView.Page.DOSSIERS: "admissions:dossiers",
}
"""The pages that can be kept under a name, by their names in `urls`."""


def shared_views(user: User, page: str) -> list[tuple[SavedView, str]]:
    """[(view, address)] of the views of `page` that are shared with `user`."""
    rows = SavedView.objects.filter(within_scope(user.scope(), "unit__"), page=page).prefetch_related("unit")
    return [(row, f"{reverse(ADDRESSES[row.page])}?{row.query}") for row in rows]


UNITS = re.compile(r"(?<![^&])(don-vi=)([0-9,%C]+)", re.IGNORECASE)
"""The units that an address names."""


def hand_over_views(handing: HandingOver, *, by: User) -> list[Handed]:
    """What is kept under a name at a unit that ended is kept at its only heir, and every view that shows such a unit
    shows the heir."""
    own = list(SavedView.objects.filter(unit__in=[*handing.units]).order_by("pk"))
    shown = list(SavedView.objects.filter(query__contains="don-vi=").exclude(pk__in=[row.pk for row in own]))
    parts, moved = Counter(row.unit_id for row in own), 0
    with handing.rows.watching(SavedView.objects.filter(Q(pk__in=[row.pk for row in [*own, *shown]]))):
        for row in own:
            heir, old = handing.only_heir(row.unit_id), handing.units[row.unit_id]
            if heir is not None:
                taken = SavedView.objects.filter(unit=heir, page=row.page)
                if taken.filter(name=row.name).exists():
                    row.name = f"{row.name} ({old.short_name})"[:80]
                row.unit = heir
                moved += 1
        for row in [*own, *shown]:
            query = UNITS.sub(lambda found: _point_on(found, handing), row.query)[:500]
            if row in own or query != row.query:
                row.query = query
                row.save(update_fields=["unit", "name", "query"])
    label, how = _("Cách xem đã lưu"), _("trỏ sang đơn vị mới")
    left = len(own) - moved
    return [Handed(what="views", key="views", label=label, how=how, moved=moved, left=left, parts=parts)]


def _point_on(found, handing):
    """The part of an address with every unit that ended replaced by its only heir, once each."""
    pks = re.split(r",|%2C", found[2], flags=re.IGNORECASE)
    after = [
        str(handing.single[int(pk)].pk) if pk.isdecimal() and int(pk) in handing.single else pk for pk in pks
    ]
    return found[1] + ",".join(dict.fromkeys(after))
