"""Oversight: what happens around the dossiers in the course of a year."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = gettext_lazy("Theo dõi")

    def ready(self):
        from oversight.documents import work_report

        work_report.register_work_report()
