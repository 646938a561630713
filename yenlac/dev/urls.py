"""The site's addresses and those of the debug toolbar."""

from debug_toolbar.toolbar import debug_toolbar_urls
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver

from yenlac.urls import urlpatterns as site


def open_to_all(entry: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """The toolbar's own addresses are asked for by a page of anyone, signed in or not."""
    for pattern in getattr(entry, "url_patterns", [entry]):
        pattern.callback = login_not_required(pattern.callback)
    return entry


urlpatterns = [*site, *map(open_to_all, debug_toolbar_urls())]
