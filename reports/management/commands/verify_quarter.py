"""`manage.py verify_quarter YEAR N`: recounts a closed quarter in every way; 1 when anything differs."""

import json

from django.core.management.base import BaseCommand, CommandError

from reports.closing import proof, reading


class Command(BaseCommand):
    help = "Recount a closed quarter, its fingerprint and the register; exit with 1 when anything differs."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("n", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--json", action="store_true")

    def handle(self, *, year, n, **options):
        closing = reading.valid_closing(year, n)
        if closing is None:
            raise CommandError(f"Quarter {n} of {year} is not closed.")
        result = proof.prove_closing(closing)
        if options["json"]:
            self.stdout.write(json.dumps(proof.as_json(result), ensure_ascii=False))
        else:
            self._show(result)
        if not result.holds:
            raise SystemExit(1)

    def _show(self, result):
        said = "đúng" if result.fingerprint_holds else "SAI"
        self.stdout.write(f"Mã đối chiếu {reading.group_fingerprint(result.closing.fingerprint)}: {said}.")
        self.stdout.write(
            f"{result.entries} đảng viên, {result.cells} ô khác 0, {result.adjustments} điều chỉnh."
        )
        for cell in result.totals:
            self.stdout.write(f"{cell.unit}, {cell.measure}: đã ghi {cell.left}, đếm lại {cell.right}")
        for cell in result.live:
            self.stdout.write(f"{cell.unit}, {cell.measure}: khóa + điều chỉnh {cell.left}, sổ {cell.right}")
        if result.lines is not None:
            said = "đúng" if result.year_holds else "SAI"
            self.stdout.write(f"{result.lines} dòng công tác trong năm: {said}.")
        for cell in result.year:
            self.stdout.write(f"{cell.unit}: chuỗi ghi {cell.left} quyết định, bảng ghi {cell.right}")
        self.stdout.write("Khớp." if result.holds else "Lệch.")
