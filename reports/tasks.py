"""Tasks for the Celery worker; without a broker they run where they are asked for."""

import logging

from celery import shared_task
from celery.signals import worker_ready

from reports import jobs
from reports.models import Job

log = logging.getLogger(__name__)


@shared_task
def make_file(pk):
    """Make the file of the job `pk`; one that has ended, or that another worker is making, stays as it is."""
    job = Job.objects.select_related("unit", "made_by").filter(pk=pk).first()
    if job is not None and job.state in jobs.PENDING:
        jobs.run_job(job)


@shared_task
def retry_abandoned():
    """Hand out again what killed workers left."""
    return jobs.retry_abandoned()


@shared_task
def sweep_files():
    """Delete the files that have been kept for a week."""
    return jobs.sweep_files()


@worker_ready.connect
def take_up_at_start(**_sender):
    """A worker that starts asks at once for what one before it may have left."""
    try:
        retry_abandoned.delay()
    except OSError:
        log.warning("the broker does not answer; the clock will ask again")
