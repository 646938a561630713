"""`manage.py load_reorganisation [FILE] --unit CODE --by USERNAME`: write a change of the tree down as a plan."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from branches.models import Organisation
from branches.reorganisation.loading import list_files, load_plan
from notation.dates import today


class Command(BaseCommand):
    help = "Write a plan of changes down as a draft; without FILE list those that come with the program."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", help="a TOML file, or a name of the list")
        parser.add_argument("--unit", metavar="CODE", help="code of the unit under which it happens")
        parser.add_argument("--by", metavar="USERNAME", help="account that it belongs to")

    def handle(self, *, file, unit, by, **_options):
        if not file:
            for name, title in list_files():
                self.stdout.write(f"{name}: {title}")
            return
        user = get_user_model().objects.filter(username=(by or "").strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {by!r}.")
        place = Organisation.objects.on(today()).filter(code=unit).first()
        if place is None:
            raise CommandError(f"No unit has the code {unit!r} today.")
        with override("vi"):
            try:
                plan = load_plan(Path(file) if file.endswith(".toml") else file, unit=place, by=user)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal
            except PermissionDenied as error:
                raise CommandError(f"{by} may not change units there.") from error
        self.stdout.write(f"{plan.title}: {plan.get_absolute_url()}")
