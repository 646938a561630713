"""The Celery application. Without REDIS_URL every task runs in the process that asks for it."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yenlac.settings")

app = Celery("yenlac")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "the morning's reminders": {
        "task": "admissions.tasks.send_digests",
        "schedule": crontab(hour=7, minute=0),  # in CELERY_TIMEZONE, that of Vietnam
    },
    "changes of the tree whose day has come": {
        "task": "branches.tasks.carry_out_due",
        "schedule": crontab(hour=0, minute=10),
    },
    "what a killed worker left": {"task": "reports.tasks.retry_abandoned", "schedule": 30.0},
    "files kept for a week": {"task": "reports.tasks.sweep_files", "schedule": crontab(minute=17)},
}
