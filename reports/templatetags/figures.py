"""Figures as links, and the drawings beside them. Widths are attributes in per cent: no style, no script."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from branches.templatetags.ledger import NOTHING, percent, vn
from reports.attainment import percent as exact

register = template.Library()


@register.simple_tag
def figure(number, url, css=""):
    """A number as the link to the list it counts; 0 and nothing have no list to open."""
    if not number:
        return vn(number)
    return (
        format_html('<a class="figure {}" href="{}">{}</a>', css, url, vn(number))
        if css
        else format_html('<a class="figure" href="{}">{}</a>', url, vn(number))
    )


@register.simple_tag
def gap(number, running=False):
    """Above, at or below the quota: "vượt 2", "đạt", "thiếu 2", or "còn 2" while the period runs."""
    if number is None:
        return NOTHING
    if number > 0:
        return _("vượt %(n)s") % {"n": vn(number)}
    if number == 0:
        return _("đạt")
    words = _("còn %(n)s") if running else _("thiếu %(n)s")
    return format_html('<span class="minus">{}</span>', words % {"n": vn(-number)})


def _share(value, top):
    return f"{value * 100 / top:.2f}%"


def _line(css, at, top, y1, y2):
    return format_html(
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', css, *[_share(at, top)] * 2, y1, y2
    )


def _bar(css, start, width, top, y, height):
    return format_html(
        '<rect class="{}" x="{}" y="{}" height="{}" width="{}"/>',
        css,
        _share(start, top),
        y,
        height,
        _share(width, top),
    )


@register.simple_tag
def bullet(rural, other, quota, top, source=0):
    """What was admitted (rural dark, other light), who is under way (open), and the quota's gold mark."""
    parts = [_line("grid", at, top, 0, 14) for at in grid(top)[1:]] + [_line("base", 0, top, 0, 14)]
    if source:
        parts.append(_bar("b3", rural + other, source, top, "2.5", 9))
    if rural:
        parts.append(_bar("b1", 0, rural, top, 2, 10))
    if other:
        parts.append(_bar("b2", rural, other, top, 2, 10))
    if quota:
        parts += [_line("tgt-h", quota, top, -1, 15), _line("tgt", quota, top, -1, 15)]
    label = _("kết nạp %(n)s, nông thôn %(r)s, chỉ tiêu %(q)s") % {
        "n": vn(rural + other),
        "r": vn(rural),
        "q": vn(quota),
    }
    return format_html(
        '<svg class="bullet" role="img" aria-label="{}">{}</svg>',
        label,
        format_html_join("", "{}", ((p,) for p in parts)),
    )


def grid(top):
    """The values marked on the axis of a bullet."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if top / s <= 7), 10000)
    return list(range(0, int(top), step))


@register.simple_tag
def axis(top):
    """The axis over a column of bullets."""
    marks = format_html_join(
        "",
        '<text x="{}" y="9" text-anchor="{}">{}</text><line x1="{}" x2="{}" y1="11" y2="15"/>',
        (
            (_share(at, top), "middle" if at else "start", at, _share(at, top), _share(at, top))
            for at in grid(top)
        ),
    )
    return format_html('<svg class="bullet-axis" aria-hidden="true">{}</svg>', marks)


@register.inclusion_tag("components/burnup.html")
def burnup(chart):
    """The cumulative line of a period; `chart` comes from `reports.charts.burnup`."""
    return {"chart": chart}


@register.simple_tag
def compare(now, then):
    """This period over the same one last year in per cent, two decimals; a dash when there is nothing to compare."""
    return percent(exact(now, then), 2)


@register.simple_tag
def change(number):
    """A difference in words: "tăng 43", "giảm 10", "không đổi"."""
    if number == 0:
        return _("không đổi")
    return (_("tăng %(n)s") if number > 0 else _("giảm %(n)s")) % {"n": vn(abs(number))}
