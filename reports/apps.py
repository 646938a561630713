from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from reports.closing import triggers
        from reports.exports import docx_template

        docx_template.register_report_template()
        post_migrate.connect(triggers.restore_triggers, sender=self)
