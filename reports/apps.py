from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from admissions.workflow import closed_quarters
        from reports.closing import reading
        from reports.exports import docx_template

        docx_template.register_report_template()
        closed_quarters.set_closed_quarter_lookup(reading.closing_of_dossier)
