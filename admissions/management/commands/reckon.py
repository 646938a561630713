"""`manage.py reckon 05/12/2016 60`: a date by hand, with what was skipped."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from admissions.rules import working_days
from notation.dates import dmy, parse_date


class Command(BaseCommand):
    help = "The last of so many working days from a day on; the first day does not count, the last does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("date", help="dd/mm/yyyy")
        parser.add_argument("days", type=int)
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        try:
            start = parse_date(options["date"])
            calendar = working_days.load_calendar()
            ends_on, skipped = calendar.add(start, options["days"])
        except (ValueError, working_days.NoCalendar) as error:
            raise CommandError(str(error)) from error
        worked = calendar.worked_between(start, ends_on)
        if options["json"]:
            data = {
                "ends_on": ends_on.isoformat(),
                "skipped": [day.isoformat() for day in skipped],
                "worked": [day.isoformat() for day in worked],
            }
            self.stdout.write(json.dumps(data))
            return
        self.stdout.write(dmy(ends_on))
        for day in skipped:
            self.stdout.write(f"  không tính {dmy(day)}")
        for day in worked:
            self.stdout.write(f"  tính cả ngày làm bù {dmy(day)}")
