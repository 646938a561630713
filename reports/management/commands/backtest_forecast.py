"""`manage.py backtest_forecast`: what the forecast would have said in a past year, and what came."""

import json

from django.core.management.base import BaseCommand, CommandError

from admissions.rules.working_days import NoCalendar
from notation.dates import today
from reports import periods
from reports.forecast import backtest
from reports.management.units import find_unit


class Command(BaseCommand):
    help = "Put the forecast to the test on a past year: what it would have said, and what came."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, help="the year to test; last year without it")
        parser.add_argument(
            "--unit", metavar="CODE", help="code of the unit; the root of the tree without it"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        number = options["year"] or today().year - 1
        if not 1930 <= number < today().year:
            raise CommandError(f"{number} is not a past year.")
        try:
            rows = backtest.run_trials(find_unit(options["unit"], periods.year_period(number)), number)
        except NoCalendar as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps([backtest.as_json(row) for row in rows]))
            return
        self.stdout.write(backtest.trials_table(rows))
        self.stdout.write(f"\n{sum(row.inside for row in rows)}/{len(rows)}")
