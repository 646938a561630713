"""How the register writes numbers, dates and states, as filters and tags of templates."""

from collections.abc import Mapping

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from notation import badges, dates, numbers
from notation.forms import NOTHING_TO_MEND

register = template.Library()
register.simple_tag(badges.draw_mark, name="mark")
register.simple_tag(badges.draw_state, name="state")
register.filter("vn", numbers.format_number)
register.filter("percent", numbers.format_percent)
register.filter("signed", numbers.format_signed)
register.filter("signed_percent", numbers.format_signed_percent)
register.filter("roman", numbers.roman_numeral)
register.filter("share", numbers.width_percent)
register.filter("dmy", dates.dmy)
register.filter("moment", dates.format_moment)
register.filter("weekday_date", dates.format_weekday_date)


@register.simple_tag(takes_context=True)
def current(context: Context, *names) -> str:
    """`aria-current` for the entry of the main menu that leads to the page shown; "oversight:*" names a whole app."""
    match = context["request"].resolver_match
    shown = match and (match.view_name in names or f"{match.namespace}:*" in names)
    return mark_safe(' aria-current="page"') if shown else ""


@register.filter
def unbroken(text: object) -> str:
    """`text` with the numbers of its forms in one piece: "8-KNĐ" stands on one line."""
    return str(text).replace("-KNĐ", "\N{NON-BREAKING HYPHEN}KNĐ")


@register.inclusion_tag("components/problem.html")
def problem(*forms: BaseForm, title: str = "") -> dict[str, object]:
    """The summary of the errors of `forms` in the order of their fields; `title` where nothing was to be saved."""
    n, errors = 0, []
    for form in forms:
        wrong = form.errors.as_data()
        names = sorted(wrong, key=lambda name: [*form.fields].index(name) if name in form.fields else -1)
        n += sum(len(row.messages) for name in names for row in wrong[name] if row.code != NOTHING_TO_MEND)
        for name in names:
            field = form[name] if name in form.fields else None
            errors += [(field, message) for message in form.errors[name]]
    counted = gettext("Chưa lưu được: có %(n)d chỗ cần sửa") % {"n": n} if n else gettext("Chưa lưu được")
    return {"errors": errors, "title": title or counted}


@register.simple_tag
def number_link(number: int, url: str) -> str:
    """A number as the link to the people it counts; 0 has no list to open."""
    words = numbers.format_number(number)
    return format_html('<a href="{}">{}</a>', url, words) if number else words


@register.filter
def get(mapping: Mapping, key: object) -> object:
    """`mapping[key]` where the key is no name a template could write; "" when it is not there."""
    return mapping.get(key, "")
