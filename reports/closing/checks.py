"""What is checked before a quarter is closed. What stops blocks the closing, a warning does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.models import Organisation
from notation.dates import dmy, today
from notation.numbers import format_number
from reports.closing.confirmations import describe_missing, list_standings
from reports.closing.gather import QuarterCounts, gather_counts
from reports.links import confirmations_url, figure_url, quotas_url
from reports.measures import ADMITTED, PARTITIONS
from reports.models.closing import QuarterClosing
from reports.periods import Period, preceding_quarter

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


def run_checks(quarter: Period) -> list[Check]:
    """Every `Check` of a quarter, what stops first; reads only."""
    checks = [_ended(quarter), _in_order(quarter)]
    for root in Organisation.objects.roots():
        checks.append(_confirmed(root, quarter))
        counts = gather_counts(root, quarter)
        for check in CHECKS_OF_A_ROOT:
            checks += check(counts)
    order = (STOP, WARN, OK)
    return sorted(checks, key=lambda check: order.index(check.state))


def stopping_checks(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.state == STOP]


# The quarter in the register


def _ended(quarter):
    if quarter.last < today():
        return Check(OK, _("Quý đã hết ngày %(last)s") % {"last": dmy(quarter.last)}, dmy(today()))
    days = {"last": dmy(quarter.last), "day": dmy(today())}
    return Check(STOP, _("Quý chưa hết"), "", _("Đến hết ngày %(last)s; hôm nay %(day)s.") % days)


def _in_order(quarter):
    """The quarter before is closed; the first that is ever closed may be any, a reopened one may be closed again."""
    words, before = _("Khóa theo thứ tự quý"), preceding_quarter(quarter)
    valid, ever = QuarterClosing.objects.standings()
    mine, theirs = ((one.first.year, one.number) for one in (quarter, before))
    if mine in valid:
        return Check(STOP, _("%(quarter)s đã khóa rồi") % {"quarter": capfirst(str(quarter))})
    if theirs in valid:
        return Check(OK, words, _("%(quarter)s đã khóa") % {"quarter": before})
    if theirs not in ever and (mine in ever or not ever):
        return Check(OK, words, _("quý đầu tiên"))
    url = reverse("reports:close", args=theirs)
    words = _("%(quarter)s chưa khóa") % {"quarter": capfirst(str(before))}
    return Check(STOP, words, "", _("Khóa %(quarter)s trước.") % {"quarter": before}, url)


def _confirmed(root, quarter):
    """Every unit that reports to `root` has confirmed its figures; who has not does not hold the closing up."""
    standings = list_standings(root, quarter)
    missing = [row.unit for row in standings if not row.holds]
    words = _("Đơn vị đã xác nhận số liệu")
    value = f"{format_number(len(standings) - len(missing))} / {format_number(len(standings))}"
    if not missing:
        return Check(OK, words, value)
    detail = _("Không chặn; báo cáo ghi rõ. %(missing)s") % {"missing": describe_missing(missing)}
    return Check(WARN, words, value, detail, confirmations_url(root, quarter))


# What is compared of a root; each takes its `QuarterCounts` and gives checks


def _equal(words: str, left: Sequence[int], right: int, url: str = "") -> Check:
    """The check that the numbers `left` add up to `right`; the reckoning shows each where they are few."""
    same = sum(left) == right
    shown = " + ".join(map(format_number, left)) if 0 < len(left) <= MOST_SHOWN else format_number(sum(left))
    value = f"{shown} {'=' if same else '≠'} {format_number(right)}"
    return Check(OK if same else STOP, words, value, "", "" if same else url)


MOST_SHOWN = 4
"""More numbers than quarters of a year are shown as their sum."""


def _by_unit(counts: QuarterCounts) -> Iterator[Check]:
    """The rows of the table by unit add up to its total in every column; a quota is given, so that it only warns."""
    words = _("Tổng theo %(n)s đơn vị có kết nạp bằng tổng số") % {"n": format_number(counts.units)}
    url = figure_url(counts.root, counts.quarter)
    for n, column in enumerate(counts.columns):
        what = (
            words
            if n == 0
            else _("Cột “%(column)s”: các đơn vị cộng bằng tổng số") % {"column": column.label}
        )
        yield _equal(what, [column.rows], column.whole, url)
    if counts.quota and counts.quota[0] != counts.quota[1]:
        own, below = map(format_number, counts.quota)
        words = _("Chỉ tiêu giao cho các đơn vị khác chỉ tiêu chung")
        detail = _("Không chặn; trong bảng, chỉ tiêu của dòng tổng là chỉ tiêu được giao.")
        yield Check(WARN, words, f"{below} ≠ {own}", detail, quotas_url(counts.root, counts.quarter.year()))


def _partitions(counts: QuarterCounts) -> Iterator[Check]:
    for partition in PARTITIONS:
        unknown = partition.unknown
        total = sum(counts.whole[measure.key] for measure in partition.measures)
        words = _("Tổng theo %(what)s bằng tổng số") % {"what": str(partition.label).lower()}
        yield _equal(words, [total], counts.whole[ADMITTED.key], figure_url(counts.root, counts.quarter))
        if number := counts.whole[unknown.key]:
            words = _("%(what)s chưa rõ") % {"what": partition.label}
            detail = _("Không chặn; hiện thành một dòng riêng.")
            url = figure_url(counts.root, counts.quarter, unknown.key)
            yield Check(WARN, words, format_number(number), detail, url)


def _year(counts: QuarterCounts) -> Iterator[Check]:
    """The quarters up to this one add up to the year so far."""
    yield _equal(_("Các quý cộng bằng lũy kế từ đầu năm"), counts.parts, counts.year)


def _second_way(counts: QuarterCounts) -> Iterator[Check]:
    result, words = counts.again, _("Tính lại bằng cách thứ hai")
    if result.agrees:
        yield Check(OK, words, _("khớp %(n)s ô") % {"n": format_number(result.cells)})
        return
    dossiers = [row.number for row in result.wrong] + [n for cell in result.differ for n in cell.dossiers]
    said = {"cells": format_number(len(result.differ)), "facts": format_number(len(result.wrong))}
    detail = _("Hồ sơ: %(numbers)s.") % {"numbers": ", ".join(sorted({*dossiers})[:8])} if dossiers else ""
    value = _("lệch %(cells)s ô, %(facts)s dữ kiện") % said
    url = f"{reverse('reports:checking')}?nam={counts.quarter.first.year}"
    yield Check(STOP, words, value, detail, url)


def _complete(counts: QuarterCounts) -> Iterator[Check]:
    """No decision without its number or date; one the branch has not received is worth a look."""
    lacking = sum(not dossier.decision_number for dossier in counts.dossiers)
    words = _("Không quyết định nào thiếu số hoặc ngày")
    url = figure_url(counts.root, counts.quarter) if lacking else ""
    yield Check(STOP if lacking else OK, words, format_number(lacking), "", url)
    waiting = [row for row in counts.dossiers if not row.decision_received_on and not row.ceremony_on]
    if waiting:
        facts = {"numbers": ", ".join(dossier.number for dossier in waiting[:8])}
        detail = _("Không chặn; hạn lễ kết nạp chưa tính được. Hồ sơ: %(numbers)s.") % facts
        url = waiting[0].get_absolute_url()
        yield Check(WARN, _("Quyết định chưa có ngày chi bộ nhận"), format_number(len(waiting)), detail, url)
    else:
        yield Check(OK, _("Quyết định đã có ngày chi bộ nhận"), format_number(len(counts.dossiers)))


def _events(counts: QuarterCounts) -> Iterator[Check]:
    """Each dossier's events are numbered from 1 to as many as were counted, none is missing."""
    broken = [row for row in counts.dossiers if not row.told == row.last == row.event_count]
    words = _("Diễn biến hồ sơ liền mạch đến %(day)s") % {"day": dmy(today())}
    if broken:
        numbers = ", ".join(dossier.number for dossier in broken[:8])
        detail = _("Hồ sơ: %(numbers)s.") % {"numbers": numbers}
        yield Check(STOP, words, "", detail, broken[0].get_absolute_url())
    else:
        total = sum(row.told for row in counts.dossiers)
        yield Check(OK, words, _("%(n)s dòng") % {"n": format_number(total)})


CHECKS_OF_A_ROOT = (_by_unit, _partitions, _year, _second_way, _complete, _events)
"""What is checked of each root of the tree, in order."""
