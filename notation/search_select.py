"""Lists in which one searches by typing, without diacritics; plain lists where there is no JavaScript."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _


def _words():
    return {"data-search": _("Gõ để tìm, không cần dấu"), "data-none": _("Không có mục nào khớp.")}


class SearchMedia:
    """The files that both lists bring to a page; it names `form.media` in its head."""

    css: ClassVar[dict] = {"all": ["vendor/tom-select/tom-select.min.css"]}
    js = (
        Script("vendor/tom-select/tom-select.base.min.js", defer=True),
        Script("js/search_select.js", defer=True),
    )


class SearchSelect(forms.Select):
    """A list of which one is chosen."""

    class Media(SearchMedia):
        pass

    def __init__(self, attrs: dict | None = None, choices: Iterable = ()) -> None:
        super().__init__(_words() | (attrs or {}), choices)


class SearchSelectMultiple(forms.SelectMultiple):
    """A list of which several are chosen; each of them can be taken away again."""

    class Media(SearchMedia):
        pass

    def __init__(self, attrs: dict | None = None, choices: Iterable = ()) -> None:
        remove = {"data-remove": _("Bỏ %(name)s"), "size": 8}
        super().__init__(_words() | remove | (attrs or {}), choices)
