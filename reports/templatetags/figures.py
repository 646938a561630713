"""Figures as links, and the drawings beside them. Widths are attributes in per cent: no style, no script."""

from collections.abc import Iterable, Mapping
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from branches.models import Organisation
from notation.badges import draw_mark
from notation.dates import dmy, today
from notation.numbers import NOTHING, format_number, format_percent, format_signed
from notation.templatetags.bars import axis, draw_bar, draw_frame, draw_line
from reports.closing.since import AsClosed, Since
from reports.exports import document
from reports.figures.chain import Tally
from reports.links import of_unit
from reports.pages.burnup import chart_in_words
from reports.pages.dashboard import Line
from reports.pages.sentence import Gap, change_in_words
from reports.quotas import attainment
from reports.quotas.attainment import percent_of
from reports.quotas.membership import reached_in_words

register = template.Library()
register.simple_tag(axis)


@register.simple_tag
def figure(number: int | None, url: str, css: str = "") -> str:
    """A number as the link to the list it counts; 0 and nothing have no list to open."""
    if not number:
        return format_number(number)
    css = f"figure {css}" if css else "figure"
    return mark_safe(f'<a class="{css}" href="{escape(url)}">{format_number(number)}</a>')  # noqa: S308 - escaped


@register.simple_tag
def since_closing(number: int | None, since: Since | None) -> str:
    """What stands beside a number that differs from what was closed: "268 khi khóa, −1", leading to the adjustments."""
    if since is None or number is None:
        return ""
    return format_html('<a class="since" href="{}">{}</a>', since.url, since.in_words(number))


@register.simple_tag
def as_closed(notes: Mapping[str, AsClosed], key: str) -> str:
    """What a closing kept of the number `key`, beside it where that is another one now; leads to its people."""
    note = notes.get(key)
    if note is None:
        return ""
    tag = '<a class="since" href="{}">{}</a>' if note.url else '<span class="since">{}{}</span>'
    return format_html(tag, note.url, note.words)


register.simple_tag(reached_in_words)


@register.simple_tag
def gap(number: int | None, running: bool = False) -> str:
    """Above, at or below the quota, as `Gap` says it; a dash without a quota."""
    return NOTHING if number is None else Gap(number, running).__html__()


@register.simple_tag
def standing(row: attainment.Row, running: bool = False) -> str:
    """`gap` of an `attainment.Row`; inside a quota that is a range, "trong khoảng"."""
    return _("trong khoảng") if row.inside else gap(row.gap, running)


@register.simple_tag
def bullet(rural: int, other: int, quota: int | None, top: int, source: int = 0) -> SafeString:
    """What was admitted (rural dark, other light), who is under way (open), and the quota's gold mark."""
    parts = [draw_frame(top)]
    if source:
        parts.append(draw_bar("b3", rural + other, source, top, "2.5", 9))
    if rural:
        parts.append(draw_bar("b1", 0, rural, top, 2, 10))
    if other:
        parts.append(draw_bar("b2", rural, other, top, 2, 10))
    if quota:
        parts += [draw_line("tgt-h", quota, top, -1, 15), draw_line("tgt", quota, top, -1, 15)]
    label = _("kết nạp %(n)s, nông thôn %(r)s, chỉ tiêu %(q)s") % {
        "n": format_number(rural + other),
        "r": format_number(rural),
        "q": format_number(quota),
    }
    return _drawing(label, parts)


@register.simple_tag
def people_bar(tally: Tally, top: float) -> SafeString:
    """Who took a step: of rural branches dark, of others light."""
    parts, other = [draw_frame(top)], tally.people - tally.rural
    if tally.rural:
        parts.append(draw_bar("b1", 0, tally.rural, top, 2, 10))
    if other:
        parts.append(draw_bar("b2", tally.rural, other, top, 2, 10))
    words = _("%(n)s người, nông thôn %(r)s") % {
        "n": format_number(tally.people),
        "r": format_number(tally.rural),
    }
    return _drawing(words, parts)


@register.simple_tag
def days_bar(tally: Tally, top: float) -> SafeString:
    """Working days: solid up to the median, open up to nine of ten; nothing where there is no median."""
    if tally.median is None or tally.most is None:
        return mark_safe("")
    parts = [draw_frame(top), draw_bar("b2", 0, tally.median, top, 2, 10)]
    if tally.most > tally.median:
        parts.append(draw_bar("b3", tally.median, tally.most - tally.median, top, "2.5", 9))
    words = _("trung vị %(n)s ngày, 90%% xong trong %(m)s ngày") % {
        "n": format_number(tally.median),
        "m": format_number(tally.most),
    }
    return _drawing(words, parts)


def _drawing(words, parts):
    drawing = f'<svg class="bullet" role="img" aria-label="{escape(words)}">{"".join(parts)}</svg>'
    return mark_safe(drawing)  # noqa: S308 - see above


@register.filter
def ended(unit: Organisation) -> str:
    """The last day of a unit that is no more, small, after its name; nothing for one that stands."""
    if not unit.ended_before(today()):
        return ""
    return format_html(' <small class="muted">{}</small>', _("đến %(day)s") % {"day": dmy(unit.valid_to)})


@register.filter
def asked(unit: Organisation) -> SafeString:
    """What an address says of the unit and of the structure that it is seen in, as `links.of_unit`."""
    return mark_safe(escape(of_unit(unit)))  # noqa: S308 - escaped


def _shared(number):
    """How many of a number other rows count as well, after a split; small, beside the unit's name."""
    if not number:
        return ""
    return format_html(' <small class="muted">{}</small>', _("chung %(n)s") % {"n": format_number(number)})


register.filter("shared", _shared)


MUTED = f'<span class="muted">{NOTHING}</span>'


@register.simple_tag
def unit_rows(rows: Iterable[Line], top: int, running: bool) -> SafeString:
    """The rows of the dashboard's table under the sum: a number, the unit, and its `cells`.

    Put together here rather than in a template: rows times cells would be half of what the page costs.
    """
    found = []
    for n, line in enumerate(rows, start=1):
        css = ' class="end"' if line.ends_group else ""
        unit = f'<a href="{escape(line.urls["unit"])}">{escape(line.unit.short_name)}</a>'
        name = f"{unit}{ended(line.unit)}{_shared(line.shared)}{since_closing(line.row.admitted, line.since)}"
        found.append(f'\n<tr{css}><td class="no">{n}</td><th scope="row">{name}</th>')
        found.append(f"{cells(line, top, running, True)}</tr>\n")
    return mark_safe("".join(found))  # noqa: S308 - names and addresses are escaped


@register.simple_tag
def cells(line: Line, top: int, running: bool, bar: bool) -> SafeString:
    """The cells of a row of the dashboard's table, after the unit's name; `bar` is False for the sum."""
    row, urls = line.row, line.urls
    drawing = bullet(row.rural, row.other, row.quota, top, line.under_way if running else 0) if bar else ""
    quota = (
        f'<a href="{escape(urls["quota"])}">{format_number(row.quota)}</a>'
        if row.quota is not None
        else NOTHING
    )
    rural, share = figure(row.rural, urls["rural"]), format_percent(row.rural_share)
    if bar and not row.rural and not line.unit.is_place:
        rural = share = MUTED
    found = [
        ("num big c-adm", figure(row.admitted, urls["admitted"])),
        ("bar c-bar" if bar else "c-bar", drawing),
        ("num c-q", quota),
        ("num c-gap", standing(row, running)),
        ("num c-att", format_percent(row.percent)),
        ("num col c-ru", rural),
        ("num c-rs", share),
        *(_source_cells(line) if running else _before_cells(line, bar)),
    ]
    return mark_safe("".join(f'<td class="{css}">{content}</td>' for css, content in found))  # noqa: S308


def _source_cells(line):
    if line.expected is None:
        enough = NOTHING
    else:
        enough = (
            f"<b>{_('thiếu %(n)s') % {'n': format_number(line.lack)}}</b>" if line.expected < 0 else _("đủ")
        )
    return [("num col c-p", figure(line.under_way, line.urls["under_way"])), ("num c-src", enough)]


def _before_cells(line, bar):
    silent = MUTED
    if line.silent:
        shape, number = draw_mark("silent") if bar else "", figure(line.silent, line.urls["silent"])
        silent = f'<span class="sil">{shape}<span>{number}/{format_number(line.branches)}</span></span>'
    return [
        ("num col c-15", figure(line.before, line.urls["before"])),
        ("num c-d", format_signed(line.change)),
        ("num col c-sil", silent),
    ]


@register.inclusion_tag("components/burnup.html")
def burnup(chart: dict) -> dict[str, object]:
    """The cumulative line of a period; `chart` comes from `reports.pages.burnup.burnup_chart`."""
    return {"chart": chart, "words": chart_in_words(chart)}


@register.simple_tag
def compare(now: int, then: int | None) -> str:
    """This period over the same one last year in per cent, two decimals; a dash when there is nothing to compare."""
    return format_percent(percent_of(now, then), 2)


register.simple_tag(change_in_words, name="change")


@register.filter
def printed(row: document.Row, columns: Iterable[document.Column]) -> list[tuple[str, document.Column]]:
    """[(words, column)] of a row of a report's table, as its files show it."""
    return [
        (document.print_cell(cell, column.kind), column)
        for cell, column in zip(row.cells, columns, strict=True)
    ]
