from django.apps import AppConfig
from django.core.checks import register


class AdmissionsConfig(AppConfig):
    name = "admissions"
    verbose_name = "Kết nạp"

    def ready(self) -> None:
        from admissions.procedure.checks import check_versions

        register(check_versions)
