"""The lead of the dashboard: what a unit has reached in a period, each number a link to its list."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from notation.dates import dmy, today
from notation.numbers import format_number, format_percent, format_signed_percent
from reports import links, periods
from reports.forecast.forecast import Forecast
from reports.measures import RURAL
from reports.pages.dashboard import Line, PageFigures
from reports.pages.sentence import Clause, Gap, Link, Linked, Paragraph, change_in_words
from reports.periods import Period
from reports.quotas.attainment import percent_of

FORECAST = "#du-bao"
"""Where the page explains its forecast."""


@dataclass(frozen=True)
class Lead:
    """The paragraph, and what the page asks of its period: still to come, before the register, and set beside which."""

    paragraph: Paragraph
    coming: bool
    unrecorded: bool
    earlier: Period | None

    @property
    def compared_heads(self) -> tuple[str, str]:
        """The headings over what is compared and over its numbers: "So với 2015" and "2015", "Cùng kỳ" and "Số"."""
        if self.earlier and self.earlier.is_year:
            return _("So với %(year)s") % {"year": self.earlier.code}, self.earlier.code
        return _("Cùng kỳ"), _("Số")


def lead_of(page: PageFigures, total: Line, forecast: Forecast | None) -> Lead:
    """The lead of a page whose whole unit is `total`; `forecast` is that of a running period."""
    coming = page.period.first > today()
    unrecorded = page.begin is not None and page.period.last < page.begin
    earlier = None if coming else page.year_before
    if coming or unrecorded:
        sentences = _without_figures(page, total, coming)
    elif page.period.includes(today()):
        sentences = [
            _reached_so_far(page, total),
            _under_way(total),
            *(_forecast(page.period, forecast) if forecast else ()),
            *([_year_before(page, total, earlier)] if earlier else ()),
        ]
    else:
        sentences = [_reached(page, total), *(_compared(page, total, earlier) if earlier else ())]
    clauses = sentences[0] + [clause for sentence in sentences[1:] for clause in (Clause(" "), *sentence)]
    return Lead(Paragraph(tuple(clauses)), coming, unrecorded, earlier)


def _quota(total):
    return Linked(total.row.quota, total.urls["quota"], counted=False)


def _admitted(total):
    return Linked(total.row.admitted, total.urls["admitted"], since=total.since)


def _rural(page, total):
    return Linked(total.row.rural, total.urls["rural"], since=page.since(page.period, RURAL))


def _without_figures(page, total, coming):
    values = {"period": capfirst(str(page.period)), "unit": page.unit.title}
    words = _("%(period)s sổ chưa ghi đảng viên nào do %(unit)s kết nạp.")
    sentences = [[Clause(_("%(period)s chưa đến.") if coming else words, values)]]
    if total.row.quota:
        sentences.append([Clause(_("Chỉ tiêu đã giao %(quota)s."), {"quota": _quota(total)})])
    return sentences


# While the period runs


def _reached_so_far(page, total):
    row, period = total.row, page.period
    until = _("Từ %(first)s đến %(day)s") if period.is_any_days or period.is_term else _("Đến %(day)s")
    until %= {"first": dmy(period.first), "day": dmy(min(period.last, today()))}
    values = {"until": until, "unit": page.unit.title, "admitted": _admitted(total)}
    clauses = [Clause(_("%(until)s, %(unit)s kết nạp %(admitted)s đảng viên"), values)]
    if row.quota:
        values = {
            "percent": format_percent(row.percent),
            "quota": _quota(total),
            "left": format_number(row.left),
        }
        clauses.append(Clause(_(", bằng %(percent)s chỉ tiêu %(quota)s, còn %(left)s"), values))
    if page.unit.is_branch:
        return [*clauses, Clause(".")]
    values = {"rural": _rural(page, total), "share": format_percent(row.rural_share)}
    return [*clauses, Clause("; "), Clause(_("chi bộ nông thôn %(rural)s (%(share)s)."), values)]


def _under_way(total):
    going = Linked(total.under_way, total.urls["under_way"])
    return [Clause(_("Đang làm hồ sơ %(going)s."), {"going": going})]


def _forecast(period, forecast):
    """[sentences]: where the period will land, and by when the branch must resolve."""
    landing = forecast.landing
    values = {
        "day": dmy(forecast.last),
        "mid": Link(format_number(landing.mid), FORECAST),
        "low": format_number(landing.low),
        "high": format_number(landing.high),
    }
    clauses = [Clause(_("Dự kiến đến %(day)s: %(mid)s (từ %(low)s đến %(high)s)"), values)]
    if forecast.gap is not None:
        clauses.append(Clause(", %(gap)s", {"gap": Gap(forecast.gap)}))
    sentences = [[*clauses, Clause(".")]]
    if forecast.leave_by and not period.is_term:
        if forecast.leave_by < forecast.day:
            words = _("Hồ sơ chưa có nghị quyết chi bộ thì khó kịp tính vào kỳ này.")
        else:
            words = _("Để kịp tính vào kỳ này, chi bộ phải ra nghị quyết chậm nhất %(day)s.")
        sentences.append([Clause(words, {"day": Link(dmy(forecast.leave_by), FORECAST)})])
    return sentences


def _year_before(page, total, earlier):
    counts = page.counts(earlier)
    whole = _("Cả %(period)s") % {"period": earlier} if not earlier.is_any_days else str(earlier)
    values = {
        "whole": capfirst(whole),
        "then": Linked(counts["admitted"], total.urls["before"], since=page.since(earlier)),
        "then_rural": Linked(
            counts["rural"], links.figure_url(page.unit, earlier, "rural"), since=page.since(earlier, RURAL)
        ),
    }
    if page.unit.is_branch:
        return [Clause(_("%(whole)s kết nạp %(then)s."), values)]
    return [Clause(_("%(whole)s kết nạp %(then)s, nông thôn %(then_rural)s."), values)]


# When the period is over


def _reached(page, total):
    row = total.row
    values = {
        "period": capfirst(str(page.period)),
        "unit": page.unit.title,
        "admitted": _admitted(total),
    }
    clauses = [Clause(_("%(period)s %(unit)s kết nạp %(admitted)s đảng viên"), values)]
    if row.quota:
        words = _(", đạt chỉ tiêu %(quota)s (%(percent)s)")
        if row.gap:
            words = _(", %(difference)s so với chỉ tiêu %(quota)s (đạt %(percent)s)")
        percent = format_percent(row.percent)
        values = {"difference": Gap(row.gap), "quota": _quota(total), "percent": percent}
        clauses.append(Clause(words, values))
    if page.unit.is_branch:
        return [*clauses, Clause(".")]
    if not row.admitted:
        return [*clauses, Clause("; "), Clause(_("chi bộ nông thôn 0."))]
    values = {"rural": _rural(page, total), "share": format_percent(row.rural_share)}
    return [*clauses, Clause("; "), Clause(_("chi bộ nông thôn %(rural)s, chiếm %(share)s."), values)]


def _compared(page, total, earlier):
    """[sentences]: the two years of a year together, and the change since the year before."""
    counts, sentences = page.counts(earlier), []
    if page.period.is_year:
        sentences.append(_two_years(page, total, earlier, counts))
    if counts["admitted"]:
        sentences.append(_change(page, total, earlier, counts))
    return sentences


def _two_years(page, total, earlier, counts):
    both = periods.span_of_years(earlier.first.year, page.period.first.year)
    admitted, rural = total.row.admitted + counts["admitted"], total.row.rural + counts["rural"]
    values = {
        "years": f"{earlier.first.year}–{page.period.first.year}",
        "both": Linked(admitted, links.figure_url(page.unit, both), since=page.since(both)),
        "both_rural": Linked(
            rural, links.figure_url(page.unit, both, "rural"), since=page.since(both, RURAL)
        ),
        "share": format_percent(percent_of(rural, admitted)),
    }
    if page.unit.is_branch:
        return [Clause(_("Hai năm %(years)s kết nạp %(both)s."), values)]
    return [Clause(_("Hai năm %(years)s kết nạp %(both)s, nông thôn %(both_rural)s (%(share)s)."), values)]


def _change(page, total, earlier, counts):
    change = total.row.admitted - counts["admitted"]
    values = {
        "earlier": str(earlier),
        "difference": change_in_words(change),
        "change_percent": format_signed_percent(percent_of(change, counts["admitted"])),
    }
    words = _("So với %(earlier)s, tổng số %(difference)s (%(change_percent)s)")
    clauses = [Clause(words, values)]
    if counts["rural"] and not page.unit.is_branch:
        change = total.row.rural - counts["rural"]
        values = {
            "difference": change_in_words(change),
            "change_percent": format_signed_percent(percent_of(change, counts["rural"])),
        }
        clauses.append(Clause(_(", nông thôn %(difference)s (%(change_percent)s)"), values))
    return [*clauses, Clause(".")]


# What a forecast is made of


def forecast_sentences(forecast: Forecast) -> list[str]:
    """[sentences] of what a forecast adds up: admitted, under way, still to be applied for; and what it leaves out."""
    alone = forecast.alone
    words = _(
        "Gồm %(admitted)s đã kết nạp, khoảng %(expected)s từ %(going)s hồ sơ đang làm và khoảng %(to_come)s từ đơn"
        " còn nộp."
    )
    facts = {"expected": forecast.expected_words, "to_come": forecast.to_come_words}
    numbers = {"admitted": forecast.admitted, "going": forecast.under_way}
    found = [words % {**facts, **_formatted(numbers)}]
    if forecast.to_come_words != "0":
        words = _("Không kể đơn còn nộp: %(mid)s (từ %(low)s đến %(high)s).")
        found.append(words % _formatted({"mid": alone.mid, "low": alone.low, "high": alone.high}))
    if forecast.unknown:
        words = _("%(n)s hồ sơ đã chờ lâu hơn mọi hồ sơ của 24 tháng qua nên tính là không kịp.")
        found.append(words % _formatted({"n": forecast.unknown}))
    return found


def _formatted(numbers):
    return {name: format_number(number) for name, number in numbers.items()}
