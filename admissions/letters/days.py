"""How a day is written in the Party's documents."""

from datetime import date

from admissions.models import Candidate
from notation.births import DAY


def month_of_day(day: date) -> str:
    """The month's number, 01 and 02 with a zero (HD 36-HD/VPTW)."""
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def short_date(day: date | None) -> str:
    """05/02/2017 and 14/8/1992: days below ten and the months 01 and 02 with a zero; "" for no day."""
    return f"{day.day:02}/{month_of_day(day)}/{day.year}" if day else ""


def write_birth(person: Candidate) -> str:
    """The day of birth, or as much of it as is known."""
    return short_date(person.born_on) if person.born_precision == DAY else str(person.birth)
