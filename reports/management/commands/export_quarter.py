"""`manage.py export_quarter 2016 4 --output FILE`: the quarter's report, as the page makes it, in any format."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from notation.dates import today
from reports import periods
from reports.exports import make
from reports.management.units import find_unit


class Command(BaseCommand):
    help = "Write the report of a quarter to a file: Excel, Word, PDF or CSV."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("quarter", type=int, choices=(1, 2, 3, 4))
        parser.add_argument("--output", required=True, metavar="FILE")
        parser.add_argument("--format", choices=tuple(make.FORMATS), default="xlsx")
        parser.add_argument(
            "--unit", metavar="CODE", help="code of the unit; the root of the tree without it"
        )

    def handle(self, **options):
        if not 2000 <= options["year"] <= today().year:
            raise CommandError(
                f"There are no figures for {options['year']}; give a year from 2000 to {today().year}."
            )
        period = periods.quarter_period(options["year"], options["quarter"])
        output = Path(options["output"])
        if not output.parent.is_dir():
            raise CommandError(f"There is no directory {output.parent}.")
        unfinished = output.with_name(f".{output.name}.part")
        try:
            make.write_file(
                unfinished, [find_unit(options["unit"], period)], period, format=options["format"]
            )
            unfinished.replace(output)
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(str(output))
