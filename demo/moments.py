"""Moments at which the demonstration's clerks recorded things: in office hours, in the order of a dossier's events."""

from datetime import date, datetime, timedelta

from django.utils import timezone


def office_hour(day: date, order: int) -> datetime:
    """The aware moment of the `order`-th record of a day, between 7:30 and the end of the afternoon."""
    start = timezone.make_aware(datetime(day.year, day.month, day.day, 7, 30))
    return start + timedelta(minutes=17 * (order % 30) + day.day)
