"""`manage.py load_yenlac`: the demonstration district, into an empty database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from branches.models import Organisation
from demo.load import load_demonstration


class Command(BaseCommand):
    help = "Nạp huyện minh họa Yên Lạc (người trong đó là hư cấu) vào cơ sở dữ liệu trống."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="không làm gì nếu đã có dữ liệu")

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("Chỉ nạp được khi DEMONSTRATION=true (xem .env.example).")
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("Cơ sở dữ liệu đã có đơn vị; huyện minh họa chỉ nạp vào cơ sở dữ liệu trống.")
        self.stdout.write("Đang nạp huyện minh họa Yên Lạc…")
        load_demonstration()
