"""`manage.py export_quarter 2016 4 --output FILE`: the quarter's report, as the page makes it, in any format."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from notation.dates import today
from reports import periods
from reports.exports import make
from reports.management.units import find_unit


class Command(BaseCommand):
    help = "Ghi báo cáo của một quý ra tệp Excel, Word, PDF hoặc CSV."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("quarter", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--output", required=True, metavar="FILE")
        parser.add_argument("--format", choices=tuple(make.FORMATS), default="xlsx")
        parser.add_argument("--unit", metavar="CODE", help="mã đơn vị; không ghi thì cả huyện")

    def handle(self, **options):
        if not 2000 <= options["year"] <= today().year:
            raise CommandError(
                f"Năm {options['year']} không có số liệu; ghi một năm từ 2000 đến {today().year}."
            )
        period = periods.quarter_period(options["year"], options["quarter"])
        output = Path(options["output"])
        if not output.parent.is_dir():
            raise CommandError(f"Không có thư mục {output.parent}.")
        unfinished = output.with_name(f".{output.name}.part")
        try:
            make.write_file(
                unfinished, [find_unit(options["unit"], period)], period, format=options["format"]
            )
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(f"Không ghi được {output}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(str(output))
