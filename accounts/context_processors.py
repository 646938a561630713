"""What every page needs to know."""

from django.conf import settings
from django.http import HttpRequest

from notation.dates import today


def page_context(request: HttpRequest) -> dict[str, object]:
    """District name, whether this is a demonstration, today, and what this device was set to: theme, single keys."""
    return {
        "district_name": settings.DISTRICT_NAME,
        "demonstration": settings.DEMONSTRATION,
        "today": today(),
        "theme": theme if (theme := request.COOKIES.get("theme")) in ("light", "dark") else "",
        "keys_off": request.COOKIES.get("keys") == "off",
    }
