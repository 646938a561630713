"""`manage.py hand_over OLD HEIR… --on DAY --basis TEXT --by USERNAME`: end a unit and hand over what it has."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from accounts.models import User
from admissions.models import Dossier
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Organisation
from notation.dates import dmy, parse_date

WORDS = {
    "posts": "phân công",
    "dossiers": "hồ sơ",
    "quotas": "chỉ tiêu",
    "tasks": "việc",
    "letters": "giải trình chờ trả lời",
    "assignments": "phụ trách, địa bàn của tổ",
}


class Command(BaseCommand):
    help = "End a unit on the day before --on; its heirs take over its dossiers, posts and the rest of its quotas."

    def add_arguments(self, parser):
        parser.add_argument("old", metavar="OLD", help="code of the unit that ends")
        parser.add_argument("heirs", metavar="HEIR", nargs="+", help="codes of the units that take over")
        parser.add_argument("--on", required=True, metavar="DD/MM/YYYY", help="first day of the heirs")
        parser.add_argument("--basis", required=True, help="number and date of the decision")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="account that hands over")
        parser.add_argument(
            "--give",
            action="append",
            default=[],
            metavar="YEAR/NUMBER=HEIR",
            help="of several heirs the one that gets this dossier; the others stay until they are given",
        )

    def handle(self, *, old, heirs, on, basis, by, give, **_options):
        user = User.objects.filter(username=by.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {by!r}.")
        try:
            on = parse_date(on)
        except ValueError as error:
            raise CommandError(str(error)) from error
        taking = {code: _unit(code, on) for code in heirs}
        facts = {"on": on, "basis": basis, "dossiers": dict(_given(one, taking) for one in give)}
        with override("vi"):
            try:
                handed = hand_over_unit(
                    HandOver(old=_unit(old, on, ends=True), heirs=tuple(taking.values()), **facts), by=user
                )
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
            except PermissionDenied as error:
                raise CommandError(f"{by} may not change units there, or set their quotas.") from error
        for one in handed:
            if one.what not in WORDS and not one.moved + one.left:
                continue
            left = f", còn {one.left} chưa có nơi nhận" if one.left else ""
            self.stdout.write(f"{WORDS.get(one.what, one.label.lower())}: đã bàn giao {one.moved}{left}")


def _unit(code, on, ends=False):
    """The unit with `code` that stands on the day `on`, or, where it `ends` then, on the day before."""
    day = date.fromordinal(on.toordinal() - 1) if ends else on
    unit = Organisation.objects.on(day).filter(code=code).select_related("parent").first()
    if unit is None:
        raise CommandError(f"No unit has the code {code!r} on {dmy(day)}.")
    return unit


def _given(text, taking):
    """(primary key of a dossier, heir) of "2016/0312=CODE"."""
    number, _sep, code = text.partition("=")
    year, _slash, serial = number.partition("/")
    rows = Dossier.objects.none()
    if year.isdecimal() and serial.isdecimal():
        rows = Dossier.objects.filter(year=int(year), serial=int(serial))
    if code not in taking or not rows.exists():
        raise CommandError(f"{text!r} names no dossier and heir.")
    return rows.get().pk, taking[code]
