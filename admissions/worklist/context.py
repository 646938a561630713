"""What the menu of every page says of the day's work."""

from functools import cache as once

from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Permission
from admissions.models import Correction

KEPT = 30
"""Seconds for which the number in the menu is kept: every page shows it, and its list counts anew."""


def waiting_context(request: HttpRequest) -> dict[str, object]:
    """How many corrections wait for the reader's answer; asked only when a page shows its menu."""
    user = getattr(request, "user", None)
    return {"corrections_waiting": once(lambda: _count(user))}


def _count(user):
    if not isinstance(user, User) or not user.may(Permission.DECIDE):
        return 0
    rows = Correction.objects.waiting_for(user)
    return cache.get_or_set(f"corrections:{user.pk}", rows.count, KEPT)


def forget_waiting(user: User) -> None:
    """Count anew for `user`, who has just answered one."""
    cache.delete(f"corrections:{user.pk}")
