"""Today, and arithmetic with whole months."""

import calendar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today():
    """The day the register stands on: the setting TODAY for a demonstration, otherwise the day in Vietnam."""
    return settings.TODAY or timezone.localdate()


def now():
    """The present moment, moved to `today()` when a demonstration stands on another day. Aware."""
    moment = timezone.localtime()
    return moment.replace(year=today().year, month=today().month, day=today().day) if settings.TODAY else moment


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier, when negative), clipped to the end of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def midday(day: date) -> datetime:
    """The aware moment that stands for a day of which no hour is known."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
