"""`manage.py attainment --year 2016`, or of two days: what a unit and all below it reached, as the pages count it."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from notation.dates import parse_date
from reports import periods
from reports.management.units import find_unit
from reports.periods import Period
from reports.quotas import attainment


def parse_day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    help = "Show what a unit and everything below it admitted against their quotas."

    def add_arguments(self, parser):
        parser.add_argument(
            "--year", type=int, help="year of the quota; may be left out where both days are given"
        )
        parser.add_argument("--from", dest="first", metavar="DAY", help="count from this day, dd/mm/yyyy")
        parser.add_argument("--to", dest="last", metavar="DAY", help="count to the end of this day")
        parser.add_argument(
            "--unit", metavar="CODE", help="code of the unit; the root of the tree without it"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        period, quota_period = asked_periods(options["year"], options["first"], options["last"])
        row = attainment.attainment_tree(find_unit(options["unit"], period), period, quota_period)
        if options["json"]:
            self.stdout.write(json.dumps(attainment.as_json(row, period), ensure_ascii=False))
            return
        if period != quota_period:
            self.stdout.write(f"Kỳ không khớp: đếm {period}, chỉ tiêu giao cho {quota_period}.")
        self.stdout.write(f"{'Đơn vị':44}{'Kết nạp':>8}{'N.thôn':>8}{'Chỉ tiêu':>10}{'Đạt %':>9}")
        self._show(row, 0)

    def _show(self, row, depth):
        quota = "–" if row.quota is None else row.quota
        percent = "–" if row.percent is None else f"{attainment.round_half_up(row.percent)}".replace(".", ",")
        name = f"{'  ' * depth}{row.unit.title}"
        self.stdout.write(f"{name:44}{row.admitted:>8}{row.rural:>8}{quota:>10}{percent:>9}")
        for child in sorted(row.children, key=lambda child: child.unit.sort_key):
            self._show(child, depth + 1)


def asked_periods(year: int | None, first: str | None, last: str | None) -> tuple[Period, Period]:
    """(the period that is counted, the period whose quota is compared); raises `CommandError`.

    Two days without a year are compared with the quota of exactly those days.
    """
    if year is not None and not 1930 <= year <= 2100:
        raise CommandError(f"{year} is not a year from 1930 to 2100.")
    whole = periods.year_period(year) if year else None
    begin = parse_day(first) if first else whole.first if whole else None
    end = parse_day(last) if last else whole.last if whole else None
    if begin is None or end is None:
        raise CommandError("Give --year, or both --from and --to.")
    try:
        period = periods.any_days(begin, end)
    except periods.NoPeriod as error:
        raise CommandError(str(error)) from error
    exact = periods.year_period(begin.year) if attainment.is_year(begin, end) else period
    return exact, whole or exact
