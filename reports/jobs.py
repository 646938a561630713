"""Files made in the background: asking for one, making it, finding it again."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from reports import periods
from reports.exports import xlsx
from reports.models import Job

log = logging.getLogger(__name__)

PENDING = (Job.State.WAITING, Job.State.RUNNING)


def ask(unit, period, *, by):
    """A job for the workbook of `unit` and `period`; a like one that is not finished yet is given back instead."""
    from reports.tasks import make_workbook

    with transaction.atomic():
        job = Job.objects.filter(made_by=by, unit=unit, period=period.code, state__in=PENDING).first()
        if job is None:
            job = Job.objects.create(made_by=by, unit=unit, period=period.code)
            transaction.on_commit(lambda: make_workbook.delay(str(job.pk)))
    return job


def file_of(job):
    """Where the finished file of `job` lies."""
    return Path(settings.REPORTS_DIR) / f"{job.pk}.xlsx"


def run(job):
    """Make the file of `job`. It gets its name when it is whole, so that half a file is never offered."""
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    period = periods.parse(job.period)
    target = file_of(job)
    unfinished = target.with_suffix(f".{os.getpid()}.part")

    def progress(done, total, doing):
        Job.objects.filter(pk=job.pk).update(done=done, total=total, doing=doing)

    try:
        xlsx.write(unfinished, job.unit, period, progress=progress)
        unfinished.replace(target)
    except Exception:
        log.exception("job %s failed", job.pk)
        unfinished.unlink(missing_ok=True)
        Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    else:
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.DONE, file_name=f"ket-nap-{period.code}-{job.unit.code}.xlsx"
        )
