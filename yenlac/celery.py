"""The Celery application. Without REDIS_URL every task runs in the process that asks for it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yenlac.settings")

app = Celery("yenlac")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
