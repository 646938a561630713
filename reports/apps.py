from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from admissions import settled
        from reports import closed
        from reports.exports import template

        template.register()
        settled.told_by(closed.quarter_of)
