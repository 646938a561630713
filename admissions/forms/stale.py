"""What somebody else wrote while a form stood open, shown at its fields."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext as _

from admissions.workflow import STALE
from notation.forms import NOTHING_TO_MEND
from notation.stale import Merge


def tell_stale(form: forms.BaseForm) -> None:
    """Say above the bound `form` that it came too late; that is nothing to be mended in it."""
    form.add_error(None, forms.ValidationError(STALE, code=NOTHING_TO_MEND))


def tell_differences(form: forms.BaseForm, merge: Merge, author: Callable[[str], str]) -> None:
    """Say at each field of the bound `form` what the other person wrote.

    `author(name)` tells who wrote a field, and when. What both wrote is an error: saving again keeps what was typed.
    """
    for bound in list(form):
        if bound.html_name in merge.taken:
            words = _("%(author)s ghi “%(text)s”; đã lấy vào đây.")
            facts = {"text": _show(bound.field, merge.taken[bound.html_name]), "author": author(bound.name)}
            bound.help_text = words % facts
        elif bound.html_name in merge.differ:
            words = _("%(author)s ghi “%(text)s”. Đồng chí ghi khác; lưu lại là giữ điều đồng chí ghi.")
            facts = {"text": _show(bound.field, merge.differ[bound.html_name]), "author": author(bound.name)}
            form.add_error(bound.name, words % facts)


def list_typed(form: forms.BaseForm) -> list[tuple[str, str]]:
    """[(label, text)] of what was typed into a bound form, for a page that cannot show the form any more."""
    rows = []
    for bound in form:
        value = bound.value()
        if not bound.is_hidden and value not in (None, "", False):
            rows.append((str(bound.label), _show(bound.field, str(value))))
    return rows


def _show(field, text):
    """A value of a field in words."""
    if isinstance(field, forms.BooleanField):
        return _("có") if text else _("không")
    for value, label in _flat(getattr(field, "choices", ())):
        if str(value) == text:
            return str(label)
    return text or _("để trống")


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
