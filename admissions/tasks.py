"""What the Celery worker does by itself."""

from celery import Task, shared_task

from admissions.worklist import digests
from notation.dates import today

QUARTER_OF_AN_HOUR = 15 * 60


@shared_task(bind=True, max_retries=8, default_retry_delay=QUARTER_OF_AN_HOUR)
def send_digests(self: Task) -> int:
    """Send the morning's mails; while the mail server refuses some, try those again for two hours."""
    sent, failed = digests.send_digests(today())
    if failed and not self.app.conf.task_always_eager:
        raise self.retry()
    return sent
