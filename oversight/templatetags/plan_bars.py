"""The bars of sub-targets: each in per cent of its own target, so that they stand side by side."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from notation.numbers import format_number
from oversight.pages.plan_groups import TOP, GroupLine

register = template.Library()
MARKS = (0, 50, 100)
"""Per cent that the axis names; at 100 stands the target."""


def _at(percent: float) -> str:
    return f"{min(percent, TOP) * 100 / TOP:.2f}%"


@register.simple_tag
def target_axis() -> SafeString:
    """The axis over the bars: 0, 50 and 100 per cent of a target."""
    parts = [
        f'<text x="{_at(mark)}" y="9" text-anchor="{"middle" if mark else "start"}">{mark}</text>'
        f'<line x1="{_at(mark)}" x2="{_at(mark)}" y1="11" y2="15"/>'
        for mark in MARKS
    ]
    return mark_safe(f'<svg class="bullet-axis" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S308 - numbers


@register.simple_tag
def target_bar(line: GroupLine) -> SafeString:
    """What was admitted (filled) and is under way (open) in per cent of the target, whose gold mark stands at 100."""
    admitted, under_way = line.width(line.admitted), line.width(line.under_way)
    parts = [
        f'<line class="grid" x1="{_at(mark)}" x2="{_at(mark)}" y1="0" y2="14"/>' for mark in MARKS if mark
    ]
    parts.append('<line class="base" x1="0" x2="0" y1="0" y2="14"/>')
    if under_way and admitted < TOP:
        width = _at(min(under_way, TOP - admitted))
        parts.append(f'<rect class="b3" x="{_at(admitted)}" y="2.5" height="9" width="{width}"/>')
    if admitted:
        shade = "b1" if line.key == "rural" else "b2"
        parts.append(f'<rect class="{shade}" x="0" y="2" height="10" width="{_at(admitted)}"/>')
    parts += [
        f'<line class="{css}" x1="{_at(100)}" x2="{_at(100)}" y1="-1" y2="15"/>' for css in ("tgt-h", "tgt")
    ]
    label = _("kết nạp %(n)s, hồ sơ %(u)s, chỉ tiêu %(t)s") % {
        "n": format_number(line.admitted),
        "u": format_number(line.under_way),
        "t": format_number(line.target),
    }
    drawing = f'<svg class="bullet" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    return mark_safe(drawing)  # noqa: S308 - numbers, and a label that is escaped
