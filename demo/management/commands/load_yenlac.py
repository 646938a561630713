"""`manage.py load_yenlac`: the demonstration district, into an empty database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from branches.models import Organisation
from demo import snapshot
from demo.load import load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration district of Yên Lạc (its people are invented) into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are units already")
        parser.add_argument(
            "--retell", action="store_true", help="tell the stories instead of using the snapshot"
        )
        parser.add_argument("--save", type=Path, help="write the rows that were loaded to this snapshot file")

    def handle(self, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration loads only with DEMONSTRATION=true (see .env.example).")
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database holds units; the demonstration loads only into an empty one.")
        reference = snapshot.filled_tables()
        self.stdout.write("Loading the demonstration district of Yên Lạc…")
        load_demonstration(retell=options["retell"], report=lambda line: self.stdout.write(f"  {line}"))
        if path := options["save"]:
            path.write_bytes(snapshot.pack_tables(reference))
