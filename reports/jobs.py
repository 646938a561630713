"""Files made in the background: asking for one, making it, stopping it, finding it again; `tasks` enqueues them.

Taking a job up adds one to its `attempt`; only the last attempt may report progress or finish. A worker that was
overtaken, or whose job was cancelled, learns it at its next step and stops. Every step updates `heartbeat`, and a
thread does so through a long one; a job without a heartbeat for a minute is retried.
"""

import logging
import os
import threading
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from branches.models import Organisation
from branches.today import as_today, is_today
from notation.dates import now
from reports import periods
from reports.closing.outdated import outdated_files
from reports.exports import make
from reports.models import Job
from reports.periods import Period

log = logging.getLogger(__name__)

TODAY = "today"
"""What the parameters of a job say of the structure."""
PENDING = (Job.State.WAITING, Job.State.RUNNING)
SILENT = timedelta(seconds=60)
"""A job without a heartbeat for this long is retried."""
HEARTBEAT_SECONDS = 15
"""Seconds between two heartbeats while one step lasts."""
MOST_HEARTBEATS = 120
"""Half an hour of heartbeats: a step that hangs is given up then."""
MOST_ATTEMPTS = 20
"""A job fails after this many attempts that killed their worker."""
KEPT = timedelta(days=7)
"""How long a finished file is kept."""


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it up."""


def job_title(job: Job) -> str:
    """What the file is, as its list and its page call it."""
    named = make.report_name(job.params.get("report", "report"))
    title = f"{named}, {periods.parse_period(job.period)}"
    return _("%(title)s, cơ cấu hôm nay") % {"title": title} if is_of_today(job) else title


def recent_jobs(user: User, most: int, **facts: object) -> list[tuple[Job, str, bool]]:
    """[(job, its title, whether a correction since has moved what it says)] of the last files of `user`."""
    rows = list(Job.objects.filter(made_by=user, **facts).select_related("unit")[:most])
    outdated = outdated_files(rows)
    return [(row, job_title(row), row.pk in outdated) for row in rows]


def find_or_create_job(
    unit: Organisation,
    period: Period,
    *,
    by: User,
    format: str = Job.Format.XLSX,
    report: str = "report",
    units: Sequence[Organisation] = (),
) -> tuple[Job, bool]:
    """(job, whether it is to be enqueued): a file about `unit`, or about the chosen `units`, and `period`.

    A like one that is not finished yet is given back instead, also when both are asked for at the same moment. It is
    enqueued again if silent: where no clock runs beside the site, this retries the work of a process that died.
    """
    params: dict[str, object] = {"report": report}
    if len(units) > 1:
        params["units"] = sorted(row.pk for row in units)
    if any(map(is_today, (unit, *units))):
        params["structure"] = TODAY
    facts = {"made_by": by, "unit": unit, "period": period.code, "format": format, "params": params}
    for _attempt in range(3):
        if job := Job.objects.filter(**facts, state__in=PENDING).first():
            return job, Job.objects.filter(_silent(), pk=job.pk).exists()
        try:
            with transaction.atomic():
                return Job.objects.create(**facts), True
        except IntegrityError:
            continue  # someone was quicker; their job is there now, unless it has ended since
    raise RuntimeError("three like jobs ended while a fourth was asked for")


def units_of(job: Job) -> list[Organisation]:
    """The units a job is about; those that no longer exist under their key are left out."""
    keys = job.params.get("units")
    units = list(Organisation.objects.filter(pk__in=keys)) if keys else [job.unit]
    return list(map(as_today, units)) if is_of_today(job) else units


def is_of_today(job: Job) -> bool:
    """Whether the file of `job` is in today's structure; otherwise in that of the time."""
    return job.params.get("structure") == TODAY


def file_of(job: Job) -> Path:
    """Where the finished file of `job` lies."""
    return Path(settings.REPORTS_DIR) / f"{job.pk}.{job.format}"


def run_job(job: Job) -> None:
    """Make the file of `job`. It gets its name when it is whole, so that half a file is never offered.

    Nothing happens to a job that another worker is making or that has ended. The work of a worker that was killed
    is swept away first.
    """
    attempt = _take_up(job)
    if attempt is None:
        return
    target = file_of(job)
    target.parent.mkdir(parents=True, exist_ok=True)
    for left_over in target.parent.glob(f"{job.pk}.*.part"):
        left_over.unlink(missing_ok=True)
    unfinished = target.parent / f"{job.pk}.{os.getpid()}-{attempt}.part"
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=attempt)

    def progress(done, total, doing):
        if not running.update(done=done, total=total, doing=doing, heartbeat=now()):
            raise Stopped

    try:
        with _heartbeats(running):
            name = _write(job, unfinished, progress)
        _finish(job, running, unfinished, name)
    except Stopped:
        log.info("job %s stopped", job.pk)
    except Refused as refusal:
        words = " ".join(refusal.messages)[: Job._meta.get_field("doing").max_length]
        running.update(state=Job.State.FAILED, finished_at=now(), doing=words)
    except Exception:
        log.exception("job %s failed", job.pk)
        running.update(state=Job.State.FAILED, finished_at=now(), doing="")
    finally:
        unfinished.unlink(missing_ok=True)


@override("vi")
def _write(job, path, progress):
    """Write the file to `path`, whole and on the disk; what it is called.

    Raises `Refused` where whoever asked has lost the right to it since.
    """
    period, units, report = periods.parse_period(job.period), units_of(job), job.params.get("report")
    if not all(job.made_by.may(Permission.EXPORT, unit) for unit in units):
        raise Refused([_("Người yêu cầu không còn được lập báo cáo của đơn vị này.")])
    make.write_file(path, units, period, format=job.format, report=report, progress=progress)
    with path.open("rb") as file:
        os.fsync(file.fileno())  # the name must not be on the disk before what it names
    return make.file_name(units, period, job.format, report)


@contextmanager
def _heartbeats(running):
    """Update the heartbeat of the job `running` while the block lasts; a killed process ends them."""
    over = threading.Event()

    def beat():
        try:
            for _sign in range(MOST_HEARTBEATS):
                if over.wait(HEARTBEAT_SECONDS) or not running.all().update(heartbeat=now()):
                    return
        except DatabaseError:
            log.exception("the heartbeat could not be updated")
        finally:
            connection.close()  # this thread's own

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _take_up(job):
    """The number of this attempt, or None where there is nothing to do."""
    free = Q(state=Job.State.WAITING) | (Q(state=Job.State.RUNNING) & _silent())
    with transaction.atomic():
        rows = Job.objects.filter(free, pk=job.pk, attempt=job.attempt)
        taken = rows.update(
            state=Job.State.RUNNING, attempt=F("attempt") + 1, heartbeat=now(), done=0, total=0, doing=""
        )
    return job.attempt + 1 if taken else None


def _finish(job, running, unfinished, name):
    # One transaction: a cancellation waits for the row, or has been before and there is no row.
    with transaction.atomic():
        if not running.update(state=Job.State.DONE, finished_at=now(), file_name=name):
            raise Stopped
        unfinished.replace(file_of(job))


def cancel_job(job: Job) -> bool:
    """Stop `job`; says whether there was anything left to stop. Its worker leaves no file."""
    return bool(
        Job.objects.filter(pk=job.pk, state__in=PENDING).update(
            state=Job.State.CANCELLED, finished_at=now(), doing=""
        )
    )


def is_kept(job: Job) -> bool:
    """Whether the week of a finished file still runs."""
    return job.finished_at is not None and job.finished_at >= now() - KEPT


def _silent():
    """The condition: no heartbeat for a minute, or one from the future.

    A demonstration's clock starts the same day again at midnight.
    """
    return Q(heartbeat__lt=now() - SILENT) | Q(heartbeat__gt=now() + SILENT)


def abandoned_jobs() -> list[str]:
    """The primary keys to enqueue again: what a worker left unfinished, and what waits though its message may be lost.

    A job with `MOST_ATTEMPTS` attempts fails.
    """
    hopeless = Job.objects.filter(_silent(), state=Job.State.RUNNING, attempt__gte=MOST_ATTEMPTS)
    if hopeless.update(state=Job.State.FAILED, finished_at=now(), doing=""):
        log.error("a job fails after %d attempts that killed their worker", MOST_ATTEMPTS)
    abandoned = Job.objects.filter(_silent(), state__in=PENDING)
    keys = [str(pk) for pk in abandoned.values_list("pk", flat=True)]
    # A job that waits is not enqueued on every beat; a second message for it does no harm.
    Job.objects.filter(pk__in=keys, state=Job.State.WAITING).update(heartbeat=now())
    return keys


def sweep_files() -> int:
    """Delete files older than `KEPT` and whatever belongs to no job that is kept; how many jobs ran out."""
    old = Job.objects.filter(state=Job.State.DONE, finished_at__lt=now() - KEPT)
    expired = list(old)
    for job in expired:
        Job.objects.filter(pk=job.pk, state=Job.State.DONE).update(state=Job.State.EXPIRED)
        file_of(job).unlink(missing_ok=True)
    # In this order: a file of a job that is asked for meanwhile is not among the files.
    paths = list(Path(settings.REPORTS_DIR).glob("*"))
    keys = {str(pk) for pk in _with_files().values_list("pk", flat=True)}
    for path in paths:
        if path.is_file() and _is_ours(path) and path.name.split(".")[0] not in keys:
            path.unlink(missing_ok=True)
    return len(expired)


def _with_files():
    return Job.objects.filter(state__in=(Job.State.DONE, *PENDING))


def _is_ours(path):
    """Whether a file is named as `file_of` or its unfinished part names it."""
    return (
        path.suffix.removeprefix(".") in (*Job.Format.values, "part") and len(path.name.split(".")[0]) == 36
    )
