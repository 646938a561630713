"""The periods that a page of figures leads to, besides the one it shows: quarters of the year, years, terms."""

from collections.abc import Callable, Iterable

from notation.dates import today
from reports import periods
from reports.models import Term
from reports.periods import Period

BACK = 3
"""How many years before this one are offered."""


def years_near(period: Period, ahead: int = 0) -> list[int]:
    """This year with those before it, the year of `period`, and `ahead` years to come, for what is planned."""
    this = today().year
    return sorted({*range(this - BACK, this + ahead + 1), _year_of(period)})


def period_choices(
    period: Period,
    address: Callable[[Period], str],
    *,
    years: Iterable[int],
    quarters: bool = True,
    begun_terms: bool = False,
) -> dict[str, list[dict]]:
    """What `_switch.html` shows; `address(period)` gives each link. `begun_terms` leaves out terms to come."""

    def choice(other):
        return {
            "period": other,
            "url": address(other),
            "current": other == period,
            "future": other.first > today(),
        }

    parts = periods.year_period(_year_of(period)).quarters() if quarters else []
    terms = Term.objects.filter(first__lte=today()) if begun_terms else Term.objects.all()
    return {
        "quarters": [choice(part) for part in parts],
        "years": [choice(periods.year_period(number)) for number in years],
        "terms": [choice(periods.term_period(term)) | {"name": term.name} for term in terms],
    }


def _year_of(period):
    """The year whose quarters are offered: the first of `period`; of a term the present one, or its last."""
    return min(today().year, period.last.year) if period.is_term else period.first.year
