"""Badges: the shapes that carry a state before its word (docs/design.md, 7)."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="6" cy="6" r="4.7" fill="none" stroke="currentColor" stroke-width="1.5"/>'
_LINE = '<path d="{}" fill="none" stroke="currentColor" stroke-width="{}"/>'
SHAPES = {
    "wait": _RING,
    "half": _RING + '<path d="M6 1.3a4.7 4.7 0 0 0 0 9.4z" fill="currentColor"/>',
    "done": '<circle cx="6" cy="6" r="5.2" fill="currentColor"/>',
    "official": '<rect x="1" y="1" width="10" height="10" fill="currentColor"/>',
    "back": _LINE.format("M4.5 1.5L1.5 4.5l3 3M1.8 4.5h5.4a3 3 0 0 1 0 6H4", 1.6),
    "hold": _LINE.format("M3.6 1.2v9.6M8.4 1.2v9.6", 2.4),
    "no": _LINE.format("M2 2l8 8M10 2l-8 8", 1.9),
    "late": '<path d="M6 .8L11.6 11H.4z" fill="currentColor"/>',
    "soon": _LINE.format("M6 2l4.6 8.2H1.4z", 1.5),
    "lack": '<rect x="1.5" y="1.5" width="9" height="9" fill="none" stroke="currentColor" stroke-width="1.6"'
    ' stroke-dasharray="2.2 1.5"/>',
    "ok": _LINE.format("M1.5 6.5l3 3L10.5 2.5", 1.9),
    "na": _LINE.format("M2 6h8", 1.6),
    "lock": '<rect x="2" y="5.4" width="8" height="5.6" fill="currentColor"/>'
    + _LINE.format("M3.8 5.4V3.6a2.2 2.2 0 0 1 4.4 0v1.8", 1.5),
    "silent": '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"'
    ' stroke-dasharray="2 1.6"/>',
}
"""Shapes that carry a state; the word always follows, so that nothing hangs on colour or on the shape alone."""


def draw_mark(shape: str, css: str = "") -> SafeString:
    """The shape of a state as an inline drawing."""
    drawing = mark_safe(SHAPES[shape])  # noqa: S308 - our own constants above
    return format_html(
        '<svg class="mk {}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>', css, drawing
    )


def draw_state(shape: str, words: str, css: str = "") -> SafeString:
    """A state: its shape and its word."""
    return format_html('<span class="st {}">{}{}</span>', css, draw_mark(shape), words)
