"""The periods that a page of figures leads to, besides the one it shows: quarters of the year, years, terms."""

from collections.abc import Callable

from notation.dates import today
from reports import periods
from reports.models import Term
from reports.periods import Period

BACK = 3
"""How many years before this one are offered."""


def period_choices(
    period: Period, address: Callable[[Period], str], *, ahead: int = 0, quarters: bool = True
) -> dict:
    """What `_switch.html` shows; `address(period)` gives each link. `ahead` adds years to come, for what is planned."""
    this = today().year
    year = min(this, period.last.year) if period.is_term else period.first.year
    shown = sorted({*range(this - BACK, this + ahead + 1), year})

    def choice(other, coming=False):
        future = other.first > today() and not coming
        return {"period": other, "url": address(other), "current": other == period, "future": future}

    return {
        "quarters": [choice(part) for part in periods.year_period(year).quarters()] if quarters else [],
        "years": [choice(periods.year_period(number), coming=True) for number in shown],
        "terms": [
            choice(periods.term_period(row), coming=bool(ahead)) | {"name": row.name}
            for row in Term.objects.all()
        ],
    }
