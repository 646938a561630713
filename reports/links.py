"""Addresses of the lists behind figures."""

from urllib.parse import urlencode

from django.urls import reverse

from branches.models import within
from reports.models import SavedView


def figure_url(unit, period, measure="admitted"):
    """The list of exactly the dossiers that the figure (unit, period, measure) counts."""
    return f"{reverse('reports:dossiers')}?{urlencode({'don-vi': unit.pk, 'ky': period.code, 'so': measure})}"


def dashboard_url(unit, period):
    return f"{reverse('reports:dashboard')}?{urlencode({'don-vi': unit.pk, 'ky': period.code})}"


def under_way_url(unit):
    """The dossiers under way at `unit` today."""
    return f"{reverse('reports:under_way')}?{urlencode({'don-vi': unit.pk})}"


def silent_url(unit, period):
    """The branches of `unit` that have been silent for eight quarters."""
    return f"{reverse('reports:silent')}?{urlencode({'don-vi': unit.pk, 'ky': period.code})}"


def quotas_url(unit, period):
    """The quotas set for `unit` and the units directly under it."""
    return f"{reverse('reports:quotas')}?{urlencode({'don-vi': unit.pk, 'ky': period.code})}"


ADDRESSES = {SavedView.Page.RANKING: "reports:ranking", SavedView.Page.DASHBOARD: "reports:dashboard"}
"""The pages that can be kept under a name, by their names in `urls`."""


def saved_views(user, page):
    """[(view, address)] of the views of `page` that are shared with `user`."""
    rows = SavedView.objects.filter(within(user.scope(), "unit__"), page=page).select_related("unit")
    return [(row, f"{reverse(ADDRESSES[row.page])}?{row.query}") for row in rows]
