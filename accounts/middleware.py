"""Requires a session, keeps a form that is sent after the session's end, and lets a form act once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

from accounts import form_keys, unsent_forms, views
from branches.request import UserRequest


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


class FormsActOnce:
    """Lets a form that carries a one-time key act once, whatever the view; see `accounts.form_keys`.

    The last of the middleware: it calls the view itself, in the transaction that keeps the key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: UserRequest,
        view_func: Callable[..., HttpResponse],
        view_args: Sequence[Any],
        view_kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        key = form_keys.read_form_key(request)
        if not key or not request.user.is_authenticated:
            return None
        return form_keys.answer_once(request, key, lambda: view_func(request, *view_args, **view_kwargs))

    def process_exception(self, request: UserRequest, exception: Exception) -> HttpResponse | None:
        """A refusal of a constraint in answer to a form without a key: the same page as with one."""
        clashed = isinstance(exception, IntegrityError) and request.method == "POST"
        return form_keys.show_clash(request, exception) if clashed and request.user.is_authenticated else None
