"""Requires a session, and keeps a form that is sent after the session's end."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

from accounts import unsent_forms, views


class KeepingLoginRequired(LoginRequiredMiddleware):
    """Answers a form that was sent without a session with the sign-in page, which carries what was typed.

    Only on a device where somebody has signed in before, since the form is bound to that account. Everything else
    is sent to the sign-in page as before. The token of the form has been checked by then.
    """

    def handle_no_permission(  # type: ignore[override]  # Django only ever redirects
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponse:
        owner = unsent_forms.last_account_key(request)
        form = unsent_forms.read_posted_form(request, owner) if owner else None
        if form is None:
            return super().handle_no_permission(request, view_func)
        return views.sign_in_again(request, form)
