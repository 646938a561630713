"""Bars in tables: one bar, the grid behind it, the axis over its column. Widths are attributes in per cent."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The parts of a drawing are our own words and numbers, put together without escaping: there are hundreds on a page.


def share_of(value: float, top: float) -> str:
    return f"{value * 100 / top:.2f}%"


def draw_line(css: str, at: float, top: float, y1: int, y2: int) -> str:
    """An upright line at the value `at` of a column whose longest bar is `top`."""
    x = share_of(at, top)
    return f'<line class="{css}" x1="{x}" x2="{x}" y1="{y1}" y2="{y2}"/>'


def draw_bar(css: str, start: float, width: float, top: float, y: float | str, height: float) -> str:
    """A bar that begins at the value `start`."""
    x, wide = share_of(start, top), share_of(width, top)
    return f'<rect class="{css}" x="{x}" y="{y}" height="{height}" width="{wide}"/>'


def grid(top: float) -> list[int]:
    """The values marked on the axis of a bar."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if top / s <= 7), 10000)
    return list(range(0, int(top), step))


@lru_cache(maxsize=64)
def draw_frame(top: float) -> str:
    """What lies behind every bar of a column: the grid and the base line."""
    lines = [draw_line("grid", at, top, 0, 14) for at in grid(top)[1:]]
    return "".join([*lines, draw_line("base", 0, top, 0, 14)])


@register.simple_tag
def axis(top: float) -> SafeString:
    """The axis over a column of bars."""
    marks = format_html_join(
        "",
        '<text x="{}" y="9" text-anchor="{}">{}</text><line x1="{}" x2="{}" y1="11" y2="15"/>',
        (
            (share_of(at, top), "middle" if at else "start", at, share_of(at, top), share_of(at, top))
            for at in grid(top)
        ),
    )
    return format_html('<svg class="bullet-axis" aria-hidden="true">{}</svg>', marks)


@register.simple_tag
def plain_bar(value: int, top: int, label: str) -> SafeString:
    """One bar of `value` on the grid of its column; `label` is read aloud."""
    drawn = draw_frame(top) + (draw_bar("b2", 0, value, top, 2, 10) if value else "")
    return mark_safe(f'<svg class="bullet" role="img" aria-label="{escape(label)}">{drawn}</svg>')  # noqa: S308
