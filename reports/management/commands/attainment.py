"""`manage.py attainment --year 2016`: attainment of a unit and everything below it, as the pages count it."""

import json

from django.core.management.base import BaseCommand, CommandError

from notation.dates import parse_date
from reports import periods
from reports.management.units import find_unit
from reports.quotas import attainment


def parse_day(text):
    try:
        return parse_date(text)
    except ValueError as error:
        raise CommandError(str(error)) from error


class Command(BaseCommand):
    help = "Kết nạp so với chỉ tiêu của một đơn vị và các đơn vị trực thuộc."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="năm của chỉ tiêu")
        parser.add_argument("--from", dest="first", metavar="NGÀY", help="đếm từ ngày này thay cho đầu năm")
        parser.add_argument(
            "--to", dest="last", metavar="NGÀY", help="đếm đến hết ngày này thay cho cuối năm"
        )
        parser.add_argument("--unit", metavar="CODE", help="mã đơn vị; không ghi thì cả huyện")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        if not 1930 <= options["year"] <= 2100:
            raise CommandError(f"Năm {options['year']} không đúng.")
        year = periods.year_period(options["year"])
        first = parse_day(options["first"]) if options["first"] else year.first
        last = parse_day(options["last"]) if options["last"] else year.last
        try:
            period = year if (first, last) == (year.first, year.last) else periods.any_days(first, last)
        except periods.NoPeriod as error:
            raise CommandError(str(error)) from error
        row = attainment.attainment_tree(find_unit(options["unit"], period), period, year)
        if options["json"]:
            self.stdout.write(json.dumps(attainment.as_json(row, period), ensure_ascii=False))
            return
        if period != year:
            self.stdout.write(f"Kỳ không khớp: đếm {period}, chỉ tiêu giao cho {year}.")
        self.stdout.write(f"{'Đơn vị':44}{'Kết nạp':>8}{'N.thôn':>8}{'Chỉ tiêu':>10}{'Đạt %':>9}")
        self._show(row, 0)

    def _show(self, row, depth):
        quota = "–" if row.quota is None else row.quota
        percent = "–" if row.percent is None else f"{attainment.round_half_up(row.percent)}".replace(".", ",")
        name = f"{'  ' * depth}{row.unit.title}"
        self.stdout.write(f"{name:44}{row.admitted:>8}{row.rural:>8}{quota:>10}{percent:>9}")
        for child in sorted(row.children, key=lambda child: child.unit.sort_key):
            self._show(child, depth + 1)
