"""A form sent after the session's end: carried through signing in as one signed field, then sent again.

The field is signed, not encrypted: it returns to the browser that sent its content. It is
bound to the account that last signed in on that device; whoever signs in instead does not get it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

FORM = "application/x-www-form-urlencoded"
MAX_BYTES = 100_000
MAX_AGE = 24 * 3600
YEAR = 365 * 24 * 3600
COOKIE = "known"
SALT, COOKIE_SALT = "accounts.unsent_forms", "accounts.known"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class Carried:
    """A posted form: where it went, the page it stood on, its pairs in order, and the key of the account it is of."""

    path: str
    page: str
    pairs: list
    user: int

    @property
    def filled(self) -> int:
        """How many of its fields have something in them."""
        return sum(bool(value) for _name, value in self.pairs)


def read_posted_form(request: HttpRequest, user: int) -> Carried | None:
    """The form that `request` posts for the account `user`, when it may be carried.

    Files, forms of more than 100 kB, passwords, and posts without a field are not.
    """
    if request.method != "POST" or request.content_type != FORM or getattr(request, "htmx", False):
        return None
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if not pairs or len(request.body) > MAX_BYTES or any("password" in name for name, _value in pairs):
        return None
    path = request.get_full_path()
    return Carried(path, _page(request), pairs, user) if _is_ours(request, path) else None


def sign_form(form: Carried) -> str:
    return signing.dumps([form.path, form.page, form.pairs, form.user], salt=SALT, compress=True)


def read_signed_form(request: HttpRequest, field: str) -> Carried | None:
    """The form in `field`; None when it is not ours, older than a day, or leads to another site."""
    try:
        form = Carried(*signing.loads(field, salt=SALT, max_age=MAX_AGE))
    except (signing.BadSignature, ValueError):
        return None
    return form if _is_ours(request, form.path) else None


def _is_ours(request, path):
    return path.startswith("/") and url_has_allowed_host_and_scheme(
        path, {request.get_host()}, require_https=request.is_secure()
    )


def _page(request):
    """The page the form stood on, as the browser tells it, or the first page."""
    parts = urlsplit(request.headers.get("Referer", "")) if is_from_here(request, "Referer") else None
    page = f"{parts.path}?{parts.query}" if parts and parts.query else parts.path if parts else "/"
    return page if _is_ours(request, page) else "/"


def is_from_here(request: HttpRequest, *headers) -> bool:
    """Whether the first of `headers` that the browser sent (Origin, Referer) names this site."""
    sent = next((request.headers[name] for name in headers if name in request.headers), "")
    try:
        parts = urlsplit(sent)
    except ValueError:
        return False
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in own


# Who last signed in on this device


def remember_account(response: HttpResponse, user: AbstractBaseUser) -> None:
    """Keep in a signed cookie whose forms stand open on this device; a session that ended does not tell any more."""
    response.set_signed_cookie(
        COOKIE,
        user.pk,
        salt=COOKIE_SALT,
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def last_account_key(request: HttpRequest) -> int | None:
    """The key of the account that last signed in on this device, None when nobody is known to have."""
    value = request.get_signed_cookie(COOKIE, default="", salt=COOKIE_SALT, max_age=YEAR)
    return int(value) if value and value.isdecimal() else None
