"""Oversight: what happens around the dossiers in the course of a year."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = gettext_lazy("Theo dõi")

    def ready(self) -> None:
        from oversight.documents import work_report
        from oversight.models import written_once

        work_report.register_work_report()
        post_migrate.connect(written_once.restore_oversight_triggers, sender=self)
