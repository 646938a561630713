"""`manage.py send_digests`: the morning's mails, where no Celery beat sends them."""

from django.core.management.base import BaseCommand, CommandError

from admissions.worklist import digests
from notation.dates import today


class Command(BaseCommand):
    help = "Gửi thư nhắc hạn của hôm nay cho những người nhận thư; chạy lại không gửi hai lần."

    def handle(self, **options) -> None:
        sent, failed = digests.send_digests(today())
        self.stdout.write(f"Đã gửi {sent} thư.")
        if failed:
            raise CommandError(f"{failed} thư chưa gửi được (xem nhật ký máy chủ); chạy lại để gửi.")
