"""A form that was read, typed into, and sent after somebody else wrote: brought together so that nobody loses a word.

A form carries what was read in one hidden field. What only the other person changed is taken over, what only this one
typed is kept, and where both wrote something, both are shown.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

READ = "read"
"""The name of the hidden field."""

Texts = Mapping[str, str]
"""{name of a field in the form: what stands in it}; a box that is ticked holds "on"."""


@dataclass
class Merge:
    """What `merge_texts` makes of three versions: `texts` for the form; the other's values in `taken` and `differ`.

    `taken` were changed by the other person alone and stand in `texts`. In `differ` both wrote: `texts` holds what was
    typed here.
    """

    texts: dict[str, str]
    taken: dict[str, str] = field(default_factory=dict)
    differ: dict[str, str] = field(default_factory=dict)


def merge_texts(typed: Texts, read: Texts, now: Texts) -> Merge:
    """Bring together what was `read`, what was `typed` over it, and what stands there `now`, for the names of `now`."""
    merge = Merge({name: typed.get(name, "") for name in now})
    for name, theirs in now.items():
        mine = merge.texts[name]
        if mine == theirs or read.get(name) == theirs:
            continue
        if mine == read.get(name):
            merge.texts[name] = merge.taken[name] = theirs
        else:
            merge.differ[name] = theirs
    return merge


def texts_of(form: forms.BaseForm, names: Iterable[str] | None = None) -> dict[str, str]:
    """{name in the form: text} of what the form shows before anything is typed, for `names` (all its fields)."""
    texts = {}
    for name in form.fields if names is None else names:
        bound = form[name]
        value = bound.field.prepare_value(bound.initial)
        texts[bound.html_name] = _text(bound.field, value)
    return texts


def _text(field, value):
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return "" if value is None else normalise_lines(str(getattr(value, "pk", value)))


def normalise_lines(text: str) -> str:
    """Line breaks as they are stored: a browser sends its own."""
    return text.replace("\r\n", "\n")


def typed_texts(data: Mapping[str, str], now: Texts) -> dict[str, str]:
    """{name: text} of what was sent, for the names of `now`; a field that was not sent counts as not touched.

    A box that is not ticked is not sent either: it counts as emptied only in a form that came whole, with what it read.
    """
    whole = READ in data
    texts = {}
    for name, standing in now.items():
        if name in data:
            texts[name] = normalise_lines(data[name])
        else:
            texts[name] = "" if whole and standing in ("", "on") else standing
    return texts


def pack_read(texts: Texts) -> str:
    """What the hidden field holds."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def unpack_read(data: Mapping[str, str]) -> dict[str, str]:
    """What the hidden field says was read; {} without one or with something that is none."""
    try:
        read: Any = json.loads(data.get(READ, ""))
    except ValueError:
        return {}
    return {str(k): v for k, v in read.items() if isinstance(v, str)} if isinstance(read, dict) else {}


def with_texts(data: Mapping[str, Any], texts: Mapping[str, str], **hidden: str) -> Any:
    """`data` with `texts` in its fields; a box that holds nothing is left out. `hidden` are set as they are."""
    full = data.copy() if isinstance(data, QueryDict) else dict(data)
    for name, text in texts.items():
        if text:
            full[name] = text
        else:
            full.pop(name, None)
    for name, text in hidden.items():
        full[name] = text
    return full
