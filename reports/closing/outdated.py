"""Files whose numbers a correction has moved since they were made; those of a closed quarter stay as they were made."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from admissions.models import Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK
from branches.models import Organisation
from reports import periods
from reports.closing import adjustments, reading
from reports.figures import figures
from reports.models import Job


def outdated_files(jobs: Iterable[Job]) -> set[UUID]:
    """The primary keys of the finished `jobs` that count someone otherwise than the register does now."""
    made = {job: job.finished_at for job in jobs if job.state == Job.State.DONE and job.finished_at}
    if not made:
        return set()
    events = Event.objects.filter(action__in=(CORRECT, TAKE_BACK), at__gt=min(made.values()))
    moving = [row for row in events.select_related("dossier__admitted_branch") if _moves_figures(row)]
    return {
        job.pk
        for job, at in made.items()
        if any(row.at > at and _concerns(row, job) for row in moving) and not _is_closed(job)
    }


def _moves_figures(event):
    return bool({*adjustments.FACTS, "decision_number", "annulled_on"} & event.changes.keys())


def _is_closed(job):
    period = periods.parse_period(job.period)
    return period.is_quarter and reading.valid_closing(period.first.year, period.number) is not None


def _concerns(event, job):
    """Whether the dossier was or is counted in the file: by its days and by its branches, before and after."""
    period = periods.parse_period(job.period)
    units = Organisation.objects.filter(pk__in=job.params.get("units", [job.unit_id]))
    paths = [unit.path for unit in units]
    return any(period.includes(day) for day in _days(event)) and any(
        branch.startswith(path) for branch in _branches(event) for path in paths
    )


def _days(event) -> list[date]:
    column = figures.counted_on()
    pair = event.changes.get(column, ())
    days = [date.fromisoformat(value) for value in pair if value]
    return days or [day for day in [getattr(event.dossier, column)] if day]


def _branches(event) -> list[str]:
    before = [pk for pk in event.changes.get("admitted_branch_id", ()) if pk]
    paths = list(Organisation.objects.filter(pk__in=before).values_list("path", flat=True)) if before else []
    now = event.dossier.admitted_branch
    return [*paths, *([now.path] if now else [])]
