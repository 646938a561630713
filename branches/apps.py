from django.apps import AppConfig


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        """Make known the units of today's structure, a model beside those of `branches.models`."""
        from branches import today  # noqa: F401 - models can be imported only now
