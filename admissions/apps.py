from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate


class AdmissionsConfig(AppConfig):
    name = "admissions"
    verbose_name = "Kết nạp"

    def ready(self) -> None:
        from admissions.models import append_only
        from admissions.procedure.checks import check_versions

        register(check_versions)
        pre_migrate.connect(append_only.drop_triggers, sender=self)
        post_migrate.connect(append_only.restore_triggers, sender=self)
