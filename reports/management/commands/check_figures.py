"""`manage.py check_figures`: every figure a second time, straight from the events; 1 when anything differs.

What closed quarters kept of the year is checked too: that its lines are those that were written, and that its chain
counts as many decisions in each unit as the totals do admissions.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from branches.models import Organisation
from reports.closing.proof import prove_year
from reports.figures import recount
from reports.models import QuarterClosing


class Command(BaseCommand):
    help = "Count every figure again from the events and compare; exit with 1 when anything differs."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="one year alone; every year with figures without it")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        if options["year"] and not 1930 <= options["year"] <= 2100:
            raise CommandError(f"{options['year']} is not a year from 1930 to 2100.")
        roots = Organisation.objects.filter(parent=None).order_by("path")
        results = [recount.recount_figures(root, options["year"]) for root in roots]
        broken = list(self._find_broken_years(options["year"]))
        if options["json"]:
            found = [recount.as_json(result) for result in results]
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for result in results:
                self._show(result)
        for words in broken:
            self.stderr.write(words)
        if broken or not all(result.agrees for result in results):
            raise SystemExit(1)

    def _find_broken_years(self, year):
        """What is wrong with the year that valid closings kept, a sentence each."""
        closings = QuarterClosing.objects.valid().filter(year_kept__isnull=False)
        for closing in closings.filter(year=year) if year else closings:
            _lines, holds, cells = prove_year(closing)
            if not holds:
                yield f"{closing}: công tác trong năm không còn như khi khóa."
            for cell in cells:
                yield f"{closing}, {cell.unit}: chuỗi ghi {cell.left} quyết định, bảng ghi {cell.right}."

    def _show(self, result):
        self.stdout.write(f"{result.cells} ô, {result.admissions} đảng viên kết nạp.")
        if result.trusted:
            self.stdout.write(f"{result.trusted} hồ sơ lấy chi bộ như đã ghi khi kết nạp.")
        for row in result.wrong:
            self.stdout.write(f"{row.number} {row.fact}: sổ ghi {row.stands}, diễn biến cho {row.should}")
        for cell in result.differ:
            which = ", ".join(cell.dossiers)
            self.stdout.write(
                f"{cell.unit.title}, {cell.period}, {cell.measure}: {cell.figure}, đếm lại {cell.recount} ({which})"
            )
        words = "Khớp." if result.agrees else f"Lệch {len(result.wrong)} dữ kiện, {len(result.differ)} ô."
        self.stdout.write(words)
