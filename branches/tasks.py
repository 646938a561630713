"""What the Celery worker does by itself."""

from celery import shared_task

from branches.reorganisation import schedule


@shared_task
def carry_out_due() -> int:
    """Carry out, or hold, the plans whose day has come; how many there were."""
    return len(schedule.carry_out_due())
