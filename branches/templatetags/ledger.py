"""How the ledger writes states, numbers and dates, in Vietnamese and in English."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _l

register = template.Library()

NOTHING = "–"
MINUS = "\u2212"

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


@register.simple_tag
def mark(shape, css=""):
    """The shape of a state as an inline drawing."""
    drawing = mark_safe(SHAPES[shape])  # noqa: S308 - our own constants above
    return format_html(
        '<svg class="mk {}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>', css, drawing
    )


@register.simple_tag
def state(shape, words, css=""):
    """A state: its shape and its word."""
    return format_html('<span class="st {}">{}{}</span>', css, mark(shape), words)


@register.filter
def vn(number):
    """A number as the reader's language writes it: 1.234,5 or 1,234.5; nothing is a dash."""
    if number is None:
        return NOTHING
    if isinstance(number, int) and -1000 < number < 1000:
        return str(int(number)).replace("-", MINUS)  # most of them; nothing to group in any language
    return _written(number, str(number), get_language())


@lru_cache(maxsize=4096)
def _written(number, text, language):
    # `text` tells 1.0 from 1.00, which are equal; a page writes the same few hundred numbers again and again.
    return number_format(number, use_l10n=True, force_grouping=True).replace("-", MINUS)


@register.filter
def percent(value, digits=1):
    """A Decimal of per cent with `digits` decimals, half up: "109,8%"; nothing is a dash."""
    if value is None:
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{vn(rounded)}%"


@register.filter
def signed(number):
    """A difference with its sign: +5, −10, 0."""
    if number is None:
        return NOTHING
    return f"+{vn(number)}" if number > 0 else vn(number)


@register.filter
def signed_percent(value):
    if value is None:
        return NOTHING
    return f"+{percent(value)}" if value > 0 else percent(value)


@register.filter
def dmy(day):
    """dd/mm/yyyy; nothing is a dash."""
    return NOTHING if day is None else f"{day:%d/%m/%Y}"


@register.filter
def moment(at):
    """dd/mm/yyyy hh:mm in Vietnam's time."""
    from django.utils.timezone import localtime

    return f"{localtime(at):%d/%m/%Y %H:%M}"


WEEKDAYS = (
    *(_l("Thứ Hai"), _l("Thứ Ba"), _l("Thứ Tư"), _l("Thứ Năm"), _l("Thứ Sáu"), _l("Thứ Bảy")),
    _l("Chủ nhật"),
)


@register.filter
def weekday_date(day):
    """The weekday in words and the date: "Thứ Hai, 27/02/2017"."""
    return f"{WEEKDAYS[day.weekday()]}, {dmy(day)}"


@register.filter
def roman(number):
    return ("I", "II", "III", "IV")[number - 1]


@register.simple_tag(takes_context=True)
def current(context, *apps):
    """`aria-current` for the entry of the main menu that leads to the app now shown."""
    match = context["request"].resolver_match
    return mark_safe(' aria-current="page"') if match and match.view_name in apps else ""


@register.inclusion_tag("components/problem.html")
def problem(form, title=""):
    """The summary of a form's errors, each a link to its field; `title` where nothing was to be saved."""
    errors = []
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        errors += [(field, message) for message in messages]
    title = title or gettext("Chưa lưu được: có %(n)d chỗ cần sửa") % {"n": len(errors)}
    return {"errors": errors, "title": title}


@register.filter
def get(mapping, key):
    """`mapping[key]` where the key is no name a template could write; "" when it is not there."""
    return mapping.get(key, "")


@register.filter
def share(part, whole):
    """`part` of `whole` as the width of a drawing: "83.33%", with a point in every language."""
    return f"{part * 100 / whole:.2f}%"
