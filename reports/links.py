"""Addresses of the lists behind figures."""

from urllib.parse import urlencode

from django.urls import reverse


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
