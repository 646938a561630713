"""What is checked before a quarter is closed. What stops blocks the closing, a warning does not."""

from dataclasses import dataclass

from django.db.models import Count, F, Max
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from admissions.models import Dossier
from notation.dates import dmy, today
from notation.numbers import format_number
from reports import periods
from reports.closing import reading, snapshot
from reports.figures import figures, recount
from reports.links import figure_url
from reports.measures import ADMITTED, MEASURES, PARTITIONS
from reports.models.closing import QuarterClosing

OK, WARN, STOP = "ok", "warn", "stop"


@dataclass(frozen=True)
class Check:
    """One line of the list: `state`, what was checked, the reckoning, and where to look."""

    state: str
    words: str
    value: str = ""
    detail: str = ""
    url: str = ""

    @property
    def mark(self) -> str:
        return {OK: "ok", WARN: "soon", STOP: "late"}[self.state]


def run_checks(year: int, n: int) -> list[Check]:
    """Every `Check` of a quarter, what stops first; reads only."""
    period = periods.quarter_period(year, n)
    checks = [_ended(period), _in_order(period)]
    for root in snapshot.root_units():
        counted = figures.count_unit(root, period, MEASURES.values())
        checks += [_by_unit(root, period, counted), *_partitions(root, period, counted)]
        checks += [_year(root, period), _second_way(root, period)]
        checks += [*_complete(root, period), _events(root, period)]
    order = (STOP, WARN, OK)
    return sorted(checks, key=lambda check: order.index(check.state))


def stopping_checks(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.state == STOP]


def _equal(words, left, right, url=""):
    same = left == right
    value = f"{format_number(left)} {'=' if same else '≠'} {format_number(right)}"
    return Check(OK if same else STOP, words, value, "", "" if same else url)


def _ended(period):
    if period.last < today():
        return Check(OK, _("Quý đã hết ngày %(last)s") % {"last": dmy(period.last)}, dmy(today()))
    days = {"last": dmy(period.last), "day": dmy(today())}
    return Check(STOP, _("Quý chưa hết"), "", _("Đến hết ngày %(last)s; hôm nay %(day)s.") % days)


def _in_order(period):
    """The quarter before is closed; the first that is ever closed may be any, a reopened one may be closed again."""
    words = _("Khóa theo thứ tự quý")
    if reading.valid_closing(period.first.year, period.number):
        return Check(STOP, _("%(quarter)s đã khóa rồi") % {"quarter": capfirst(str(period))})
    before = periods.preceding_quarter(period)
    if reading.valid_closing(before.first.year, before.number):
        return Check(OK, words, _("%(quarter)s đã khóa") % {"quarter": before})
    written = QuarterClosing.objects.written()
    ever = written.filter(year=period.first.year, number=period.number).exists()
    preceded = written.filter(year=before.first.year, number=before.number).exists()
    if not preceded and (ever or not written.exists()):
        return Check(OK, words, _("quý đầu tiên"))
    url = reverse("reports:close", args=[before.first.year, before.number])
    words = _("%(quarter)s chưa khóa") % {"quarter": capfirst(str(before))}
    return Check(STOP, words, "", _("Khóa %(quarter)s trước.") % {"quarter": before}, url)


def _by_unit(root, period, counted):
    counts = figures.count_by_child(root, [(period, ADMITTED)])
    below = [numbers[0] for pk, numbers in counts.items() if pk != root.pk]
    total = counted["admitted"]
    words = _("Tổng theo %(n)s đơn vị có kết nạp bằng tổng số") % {"n": format_number(len(below))}
    return _equal(words, sum(below), total, figure_url(root, period))


def _partitions(root, period, counted):
    for partition in PARTITIONS:
        unknown = partition.unknown
        total = sum(counted[measure.key] for measure in partition.measures)
        words = _("Tổng theo %(what)s bằng tổng số") % {"what": str(partition.label).lower()}
        yield _equal(words, total, counted["admitted"], figure_url(root, period))
        if counted[unknown.key]:
            words = _("%(what)s chưa rõ") % {"what": partition.label}
            url = figure_url(root, period, unknown.key)
            yield Check(
                WARN,
                words,
                format_number(counted[unknown.key]),
                _("Không chặn; hiện thành một dòng riêng."),
                url,
            )


def _year(root, period):
    """The quarters up to this one add up to the year so far."""
    year = periods.year_period(period.first.year)
    whole = periods.any_days(year.first, period.last)
    parts = [quarter for quarter in year.quarters() if quarter.last <= period.last]
    numbers = figures.tally_cells(root, [(span, ADMITTED) for span in (*parts, whole)])
    same = sum(numbers[:-1]) == numbers[-1]
    value = (
        f"{' + '.join(map(format_number, numbers[:-1]))} {'=' if same else '≠'} {format_number(numbers[-1])}"
    )
    return Check(OK if same else STOP, _("Các quý cộng bằng lũy kế từ đầu năm"), value)


def _second_way(root, period):
    result = recount.check_period(root, period)
    words = _("Tính lại bằng cách thứ hai")
    if result.agrees:
        return Check(OK, words, _("khớp %(n)s ô") % {"n": format_number(result.cells)})
    dossiers = [row.number for row in result.wrong] + [n for cell in result.differ for n in cell.dossiers]
    said = {"cells": format_number(len(result.differ)), "facts": format_number(len(result.wrong))}
    detail = _("Hồ sơ: %(numbers)s.") % {"numbers": ", ".join(sorted({*dossiers})[:8])} if dossiers else ""
    value = _("lệch %(cells)s ô, %(facts)s dữ kiện") % said
    url = f"{reverse('reports:checking')}?nam={period.first.year}"
    return Check(STOP, words, value, detail, url)


def _complete(root, period):
    """No decision without its number or date; one the branch has not received is worth a look."""
    rows = figures.list_figure(root, period)
    lacking = rows.filter(decision_number="").count()
    words = _("Không quyết định nào thiếu số hoặc ngày")
    yield Check(
        STOP if lacking else OK,
        words,
        format_number(lacking),
        "",
        figure_url(root, period) if lacking else "",
    )
    waiting = list(rows.filter(decision_received_on=None, ceremony_on=None))
    if waiting:
        facts = {"numbers": ", ".join(dossier.number for dossier in waiting[:8])}
        detail = _("Không chặn; hạn lễ kết nạp chưa tính được. Hồ sơ: %(numbers)s.") % facts
        url = waiting[0].get_absolute_url()
        yield Check(WARN, _("Quyết định chưa có ngày chi bộ nhận"), format_number(len(waiting)), detail, url)
    else:
        yield Check(OK, _("Quyết định đã có ngày chi bộ nhận"), format_number(rows.count()))


def _events(root, period):
    """Each dossier's events are numbered from 1 to as many as were counted, none is missing."""
    rows = Dossier.objects.filter(pk__in=figures.list_figure(root, period).values("pk"))
    rows = rows.annotate(told=Count("events"), last=Max("events__no")).order_by()
    broken = list(rows.exclude(told=F("event_count"), last=F("event_count"))[:8])
    words = _("Diễn biến hồ sơ liền mạch đến %(day)s") % {"day": dmy(today())}
    if broken:
        numbers = ", ".join(dossier.number for dossier in broken)
        detail = _("Hồ sơ: %(numbers)s.") % {"numbers": numbers}
        return Check(STOP, words, "", detail, broken[0].get_absolute_url())
    total = sum(rows.values_list("told", flat=True))
    return Check(OK, words, _("%(n)s dòng") % {"n": format_number(total)})
