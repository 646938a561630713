"""What every page needs to know."""

from django.conf import settings

from accounts.roles import Permission
from branches.dates import today


def page(request):
    """District name, today, theme, and `may`: the permissions the signed-in person has anywhere."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "district_name": settings.DISTRICT_NAME,
        "demonstration": settings.DEMONSTRATION,
        "today": today(),
        "theme": theme if (theme := request.COOKIES.get("theme")) in ("light", "dark") else "",
        "may": {p.value: user.may(p) for p in Permission} if signed_in else {},
    }
