"""`manage.py close_quarter YEAR N --by USERNAME`: the checks, then the closing; 1 when a check stops it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from accounts.models import User
from admissions.exceptions import Refused
from notation.dates import today
from reports.closing.checks import run_checks
from reports.closing.close import close_quarter
from reports.closing.reading import group_fingerprint
from reports.periods import quarter_period

MARKS = {"ok": "đạt ", "warn": "chú ý", "stop": "CHẶN"}


class Command(BaseCommand):
    help = "Close a quarter: print the checks, then close it unless one of them stops."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("n", type=int, choices=(1, 2, 3, 4))
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="user name of the account that closes"
        )

    def handle(self, *, year, n, by, **_options):
        if not 2000 <= year <= today().year:
            raise CommandError(f"{year} is not a year from 2000 to this one.")
        user = User.objects.filter(username=by.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {by!r}.")
        with override("vi"):
            quarter = quarter_period(year, n)
            checks = run_checks(quarter)
            for check in checks:
                tail = " ".join(filter(None, [str(check.value), check.detail]))
                self.stdout.write(f"{MARKS[check.state]}  {check.words}: {tail}".rstrip(": "))
            try:
                closing = close_quarter(quarter, by=user, checks=checks)
            except Refused as refusal:
                for sentence in refusal.messages:
                    self.stderr.write(sentence)
                raise SystemExit(1) from refusal
        self.stdout.write(f"Đã khóa. Mã đối chiếu {group_fingerprint(closing.fingerprint)}")
