"""What a closed quarter keeps of the reviews of its branches (`settings.KEPT_BY`)."""

from collections.abc import Iterator

from oversight.models import Review
from reports.closing.year_lines import Kind, Line
from reports.periods import Period


def list_review_lines(quarter: Period) -> Iterator[Line]:
    """A line for each review of the quarter and of its months, and for each difficulty that a branch named in them.

    A branch that named one in three months has one line of it, as they are counted (docs/domain.md, rule 56).
    """
    reviews = Review.objects.filter(first__range=quarter.days)
    for unit, kind, first, assessment in reviews.values_list("unit", "kind", "first", "assessment"):
        facts = {"of": kind, "first": first.isoformat()}
        yield Line(kind=Kind.REVIEW, key=assessment, unit=unit, facts=facts)
    months = reviews.months_between(*quarter.days).filter(difficulties__nothing=False).order_by()
    for unit, text in months.values_list("unit", "difficulties__text").distinct():
        yield Line(kind=Kind.DIFFICULTY, key=text, unit=unit)
