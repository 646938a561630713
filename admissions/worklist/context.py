"""What the menu of every page says of the day's work."""

from functools import cache

from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Permission
from admissions.models import Correction


def waiting_context(request: HttpRequest) -> dict[str, object]:
    """How many corrections wait for the reader's answer; asked only when a page shows its menu."""
    user = getattr(request, "user", None)
    return {"corrections_waiting": cache(lambda: _count(user))}


def _count(user):
    if not isinstance(user, User) or not user.may(Permission.DECIDE):
        return 0
    return Correction.objects.waiting_for(user).count()
