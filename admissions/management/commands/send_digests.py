"""`manage.py send_digests`: the morning's mails, where no Celery beat sends them."""

from django.core.management.base import BaseCommand, CommandError

from admissions.worklist import digests
from notation.dates import today


class Command(BaseCommand):
    help = "Send today's reminders to those who want them; running it again sends none twice."

    def handle(self, **options):
        sent, failed = digests.send_digests(today())
        self.stdout.write(f"Đã gửi {sent} thư.")
        if failed:
            raise CommandError(
                f"{failed} letters could not be sent (see the server's log); run again to send them."
            )
