"""The burn-up chart: plain numbers for a drawing without a script, and what is said of it."""

from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from notation.dates import add_months, dmy
from notation.numbers import format_number
from reports.forecast.forecast import Landing
from reports.periods import Period

WIDTH, HEIGHT = 1000, 256
END = 0.845
"""The share of the width that stands for the period; the rest is for the labels on the right."""
TOP, FOOT = 18, 22
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
LABEL = 15
"""How far apart, in px, two labels must stand."""


def burnup_chart(
    period: Period,
    now: list[tuple],
    earlier: Period | None,
    past: list[tuple],
    quota: int | None,
    until: date,
    landing: Landing | None = None,
) -> dict:
    """The chart of a period: `now` and `past` are [(day, admitted, …)], `until` the last day known.

    `landing` is the forecast of the period's end (`low`, `mid`, `high`), drawn as a band from `until` on.
    Returns a dict of paths in a box of 1000 × 256 and of labels with their place in per cent or px.
    """
    total, before = sum(row[1] for row in now), sum(row[1] for row in past)
    grid, top = _scale(max(total, before, quota or 0, landing.high if landing else 0, 1))
    days = (period.last - period.first).days + 1

    def x(day, first=period.first, length=days):
        return round(WIDTH * END * min(1, max(0, (day - first).days / length)), 1)

    def y(value):
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * value / top, 1)

    end = x(until + timedelta(days=1))
    chart = {
        "height": HEIGHT,
        "right": round(WIDTH * END, 1),
        "base": y(0),
        "grid": [(value, y(value)) for value in grid],
        "now": _draw_steps(now, period.first, days, end, top),
        "total": total,
        "dot": (_across(end), y(total)),
        "quota": quota,
        "quota_y": y(quota) if quota else None,
        "ticks": _ticks(period, x),
        "reached": _reached(now, quota),
        "earlier": earlier,
        "past": None,
        "landing": None,
    }
    if earlier is not None:
        chart |= {"before": before, "before_y": y(before), "past": _draw_past(past, earlier, top)}
    return _with_labels(chart, landing, end, y)


def _draw_past(rows, earlier, top):
    length = (earlier.last - earlier.first).days + 1
    return _draw_steps(rows, earlier.first, length, WIDTH * END, top)


def _draw_steps(rows, first, length, end, top):
    """The path of a cumulative line; reckoned here for all days at once, a call for each point costs more."""
    base = HEIGHT - FOOT
    parts, count, begin = [f"M0 {round(base, 1)}"], 0, first.toordinal()
    for row in rows:
        count += row[1]
        across = WIDTH * END * ((row[0].toordinal() - begin) / length)
        parts.append(f"H{across:.1f}V{base - (base - TOP) * count / top:.1f}")
    return f"{''.join(parts)}H{end}"


def _with_labels(chart, landing, end, y):
    _part_labels(chart)
    if landing is not None:
        _band(chart, landing, end, y)
    return chart


def _band(chart, landing, end, y):
    """The band and the middle of the forecast, and their labels; last year's label makes way for them."""
    start, right = f"M{end} {y(chart['total'])}", round(WIDTH * END, 1)
    middle = y(landing.mid)
    chart.update(
        landing=landing,
        band=f"{start}L{right} {y(landing.high)}V{y(landing.low)}Z",
        mid=f"{start}L{right} {middle}",
        mid_y=round(middle + 5, 1),
        range_y=round(middle + LABEL + 6, 1),
        total_y=round(chart["dot"][1] - 7, 1),
    )
    if "before" in chart:
        label = round(chart["before_y"] + 4, 1)
        taken = middle - LABEL < label < middle + 2 * LABEL + 6
        chart["before_label_y"] = round(middle - LABEL + 3, 1) if taken else label


def _scale(largest):
    """Grid values, five or six of them, and the top of the axis."""
    step = next((s for s in STEPS if largest / s <= 6), STEPS[-1])
    values = [step * n for n in range(1, int(largest // step) + 2)]
    return values, values[-1]


def _ticks(period, x):
    """(text, place in per cent) of the months of a year or quarter, of the years of a longer period."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    stride = 1 if months <= 14 else 12
    ticks = []
    for n in range(0, months, stride):
        begin, end = add_months(period.first, n), add_months(period.first, n + stride)
        text = str(begin.month if stride == 1 else begin.year)
        ticks.append((text, _across((x(begin) + x(end)) / 2)))
    return ticks


def _across(x):
    """A place across the drawing as an attribute: per cent with a point, whatever the language."""
    return f"{x / WIDTH * 100:.2f}%"


def _reached(now, quota):
    """The day on which the quota was reached, None when it was not."""
    count = 0
    for row in now:
        count += row[1]
        if quota and count >= quota:
            return row[0]


def _part_labels(chart):
    """Move the labels on the right apart; the present total keeps its place."""
    chart["total_y"] = chart["dot"][1] + 5
    if "before" in chart:
        gap = chart["before_y"] - chart["dot"][1]
        if abs(gap) < LABEL:
            chart["before_label_y"] = chart["total_y"] + (LABEL + 2 if gap >= 0 else -LABEL - 3)
        else:
            chart["before_label_y"] = chart["before_y"] + 4


def chart_in_words(chart: dict) -> dict[str, str]:
    """{"title", "description", "caption"} of a chart, the description for whoever does not see the drawing."""
    landing, earlier = chart["landing"], chart["earlier"]
    title = _("Lũy kế kết nạp và dự báo") if landing else _("Lũy kế kết nạp")
    drawn = [_("Đường bậc lũy kế lên %(total)s.") % {"total": format_number(chart["total"])}]
    if landing:
        ends = {name: format_number(getattr(landing, name)) for name in ("low", "mid", "high")}
        drawn.append(_("Dự báo cuối kỳ %(mid)s, từ %(low)s đến %(high)s.") % ends)
    if chart["quota"]:
        drawn.append(_("Chỉ tiêu %(quota)s.") % {"quota": format_number(chart["quota"])})
    if earlier:
        facts = {"year": str(earlier.first.year), "before": format_number(chart["before"])}
        drawn.append(_("Cùng kỳ %(year)s lên %(before)s.") % facts)
    by_ceremony = settings.COUNTED_BY == "ceremony"
    told = [_("Theo ngày lễ kết nạp.") if by_ceremony else _("Theo ngày ký quyết định.")]
    if chart["reached"]:
        told.append(_("Đạt chỉ tiêu ngày %(day)s.") % {"day": dmy(chart["reached"])})
    return {"title": title, "description": " ".join(drawn), "caption": " ".join(told)}
