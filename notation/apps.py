from django.apps import AppConfig


class NotationConfig(AppConfig):
    name = "notation"
    verbose_name = "Cách ghi"
