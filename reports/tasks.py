"""Tasks for the Celery worker; without a broker they run where they are asked for."""

from celery import shared_task

from reports import jobs
from reports.models import Job


@shared_task
def make_workbook(pk):
    """Make the file of the job `pk`; one that is done already stays as it is."""
    job = Job.objects.select_related("unit", "made_by").get(pk=pk)
    if job.state != Job.State.DONE:
        jobs.run(job)
