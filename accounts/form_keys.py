"""One-time keys of forms: pressed twice, gone back to, or sent from two processes at once, a form acts once.

A form carries a random key. The answer to its first sending is kept with the key; whoever sends the same again is
led to that answer. A unique constraint decides between two that come at the same moment.
"""

import logging
import secrets
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import FormKey
from accounts.unsent_forms import TOKEN, read_posted_form
from branches.request import UserRequest

log = logging.getLogger(__name__)

FIELD = "form_key"
BYTES = 16


def make_form_key() -> str:
    """A new key: 32 hexadecimal digits."""
    return secrets.token_hex(BYTES)


def read_form_key(request: HttpRequest) -> str:
    """The key that `request` posts, "" without one or with something that is none."""
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return key if len(key) == 2 * BYTES and key.isascii() and key.isalnum() else ""


def digest_form(request: HttpRequest) -> str:
    """A keyed digest of where a form went and what was in it: tells two sendings apart and gives nothing away."""
    pairs = sorted(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in (TOKEN, FIELD)
    )
    files = sorted((name, str(file), getattr(file, "size", 0)) for name, file in request.FILES.items())
    return salted_hmac(
        __name__, repr((request.get_full_path(), pairs, files)), algorithm="sha256"
    ).hexdigest()


def answer_once(request: UserRequest, key: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    """What `view` answers to a form with `key`, or where the form led when it was sent before.

    The key is kept when the view redirects, which is how a form that was taken is answered; a form that is shown
    again may be sent again. Everything the view writes is written together with the key, or not at all.
    """
    digest = digest_form(request)
    try:
        response = _answer_first(request, key, digest, view)
    except IntegrityError as error:
        return show_clash(request, error)
    if response is not None:
        return response
    former = FormKey.objects.get(user=request.user, key=key)
    if former.digest == digest:
        messages.info(request, _("Biểu này đã gửi một lần; đây là kết quả lần đó, không ghi thêm gì."))
        return redirect(former.url)
    form = read_posted_form(request, request.user.pk)
    if form is None:  # with a file, which cannot be carried on: it counts as another form
        return view()
    return _show_again(request, form, former)


def show_clash(request: UserRequest, error: Exception) -> HttpResponse:
    """The page for a form that a constraint of the database refused: a sentence, and what was typed to send again.

    Sent again, the form finds the row that it clashed with and names it. One that cannot be carried on is raised.
    """
    form = read_posted_form(request, request.user.pk)
    if form is None:
        raise error
    log.warning("A constraint refused %s: %s", form.path, error)
    return _show_again(request, form, None)


def _show_again(request, form, former):
    pairs = [(name, value) for name, value in form.pairs if name != FIELD]
    context = {"carried": form, "pairs": pairs, "former": former}
    return render(request, "accounts/send_again.html", context, status=409)


def _answer_first(request, key, digest, view):
    """The answer to the first sending of a form, None when it was sent before."""
    with transaction.atomic():
        row = _claim_key(request, key, digest)
        if row is None:
            return None
        response = view()
        if response.status_code == 302:
            FormKey.objects.filter(pk=row.pk).update(url=response["Location"])
        elif response.status_code >= 500:
            transaction.set_rollback(True)
        else:
            row.delete()
        return response


def _claim_key(request, key, digest):
    """A new row for `key`, None when the form was sent before; waits for one that is being answered."""
    try:
        with transaction.atomic():
            return FormKey.objects.create(user=request.user, key=key, digest=digest)
    except IntegrityError:
        return None
