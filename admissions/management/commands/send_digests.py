"""`manage.py send_digests`: the morning's mails, where no Celery beat sends them."""

from django.core.management.base import BaseCommand, CommandError

from admissions.worklist import digests
from notation.dates import today


class Command(BaseCommand):
    help = "Send today's reminders to those who want them; running it again sends none twice."

    def handle(self, **options) -> None:
        sent, failed = digests.send_digests(today())
        self.stdout.write(f"Sent: {sent}.")
        if failed:
            raise CommandError(f"Not sent: {failed} (see the server's log). Run again to send them.")
