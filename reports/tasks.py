"""Tasks for the Celery worker, and who enqueues them; without a broker they run where they are asked for."""

import logging
from collections.abc import Sequence

from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction
from kombu.exceptions import OperationalError as NoBroker

from accounts.models import User
from branches.models import Organisation
from reports import jobs
from reports.models import Job
from reports.periods import Period

log = logging.getLogger(__name__)


def ask_for_file(
    unit: Organisation,
    period: Period,
    *,
    by: User,
    format: str = Job.Format.XLSX,
    report: str = "report",
    units: Sequence[Organisation] = (),
) -> Job:
    """The job for a file, as `jobs.find_or_create_job`; it is enqueued when the transaction ends."""
    job, to_enqueue = jobs.find_or_create_job(unit, period, by=by, format=format, report=report, units=units)
    if to_enqueue:
        transaction.on_commit(lambda: _enqueue(str(job.pk)))
    return job


def _enqueue(pk):
    try:
        make_file.delay(pk)
    except (NoBroker, OSError):
        log.warning("the broker does not answer; job %s waits until the clock asks again", pk)


@shared_task
def make_file(pk: str) -> None:
    """Make the file of the job `pk`; one that has ended, or that another worker is making, stays as it is."""
    job = Job.objects.select_related("unit", "made_by").filter(pk=pk).first()
    if job is not None and job.state in jobs.PENDING:
        jobs.run_job(job)


@shared_task
def retry_abandoned() -> int:
    """Enqueue again what killed workers left; how many."""
    abandoned = jobs.abandoned_jobs()
    for pk in abandoned:
        _enqueue(pk)
    return len(abandoned)


@shared_task
def sweep_files() -> int:
    """Delete the files that have been kept for a week."""
    return jobs.sweep_files()


@worker_ready.connect
def take_up_at_start(**_sender: object) -> None:
    """A worker that starts asks at once for what one before it may have left."""
    try:
        retry_abandoned.delay()
    except OSError:
        log.warning("the broker does not answer; the clock will ask again")
