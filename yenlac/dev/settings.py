"""The site's settings with the debug toolbar, for `make dev`."""

from csp.constants import UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from yenlac.settings import *  # noqa: F403
from yenlac.settings import CONTENT_SECURITY_POLICY, DEBUG, INSTALLED_APPS, MIDDLEWARE

if not DEBUG:
    raise ImproperlyConfigured("yenlac.dev.settings needs DEBUG=true: use `make dev`")

INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]
MIDDLEWARE = ["debug_toolbar.middleware.DebugToolbarMiddleware", *MIDDLEWARE]
INTERNAL_IPS = ["127.0.0.1"]
ROOT_URLCONF = "yenlac.dev.urls"

# The toolbar sets style attributes and shows pictures from data: addresses.
POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": POLICY
    | {"style-src": [*POLICY["style-src"], UNSAFE_INLINE], "img-src": [*POLICY["img-src"], "data:"]}
}
