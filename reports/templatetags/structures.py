"""The choice between the structure of the time and today's, and what a page in today's structure says of it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.successions import units_after
from branches.today import is_today
from notation.dates import dmy, today
from notation.numbers import format_number
from reports.links import TODAY
from reports.pages.structures import list_splits

register = template.Library()
MOST = 6
"""How many splits a page names."""


@register.inclusion_tag("components/structures.html", takes_context=True)
def structures(context: Context, unit: Organisation) -> dict[str, Any]:
    """The two choices with their addresses; of a unit that is no more only its own time, and what took over."""
    asked = context["request"].GET.copy()
    asked.pop("cocau", None)
    then = asked.urlencode()
    asked["cocau"] = "homnay"
    return {
        "of_today": is_today(unit),
        "stands": unit.exists_on(today()),
        "then": f"?{then}",
        "now": f"?{asked.urlencode()}",
        "after": units_after(unit, today()) if unit.ended_before(today()) else [],
        "ended": dmy(unit.valid_to) if unit.valid_to else "",
    }


@register.simple_tag
def structure_field(unit: Organisation) -> str:
    """The hidden field that keeps today's structure in a form that asks for a page."""
    return (
        format_html('<input type="hidden" name="{}" value="{}">', *TODAY.split("=")) if is_today(unit) else ""
    )


@register.filter
def structure_words(unit: Organisation) -> str:
    """ "cơ cấu hôm nay" after the words of a heading, "" in the structure of the time."""
    return _(", cơ cấu hôm nay") if is_today(unit) else ""


@register.simple_tag
def shared_note(unit: Organisation, by_branch: bool = False) -> str:
    """What stands under a table in today's structure: which units were split, and that the total counts once.

    The rows of the table stand directly under `unit`, or are its branches.
    """
    splits = list_splits(unit, by_branch=by_branch) if is_today(unit) else []
    if not splits:
        return ""
    said = [
        _("%(unit)s (đến %(day)s) hiện ở %(heirs)s")
        % {
            "unit": old.title,
            "day": dmy(old.valid_to),
            "heirs": _(" và ").join(row.short_name for row in heirs),
        }
        for old, heirs in splits[:MOST]
    ]
    if len(splits) > MOST:
        said.append(_("và %(n)s đơn vị khác") % {"n": format_number(len(splits) - MOST)})
    words = _("Cơ cấu hôm nay: người của %(splits)s, ghi “chung”, tổng đếm một lần.")
    return words % {"splits": "; ".join(said)}
