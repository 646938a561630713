"""What the register says of a unit as at a day, beside a review and frozen into it (docs/domain.md, rule 53)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from admissions.models.dossier import DossierQuerySet
from admissions.sources.listing import Lists, read_lists
from branches.models import Organisation
from notation.numbers import format_number
from reports import periods
from reports.figures import figures
from reports.measures import ADMITTED
from reports.models import Quota
from reports.quotas import attainment

GIVEN, PROPOSED, FORMER = "given", "proposed", "former"
"""What a quota is: given for the year; where none is, what the unit proposed; or last year's."""


@dataclass(frozen=True, kw_only=True)
class BranchFigures:
    """`quota` of `year`, as `quota_is`; `admitted` in it so far; the people on the list, those of them who were sent
    to a class and hold no certificate, those whose dossier is under way; the day of the last admission."""

    year: int
    quota: int | None
    quota_is: str
    admitted: int
    sources: int
    waiting: int
    under_way: int
    last: date | None

    @property
    def left(self) -> int | None:
        """How many are still to be admitted; None without a quota."""
        return None if self.quota is None else max(0, self.quota - self.admitted)

    @property
    def quota_words(self) -> str:
        if self.quota_is == PROPOSED:
            return _("Chỉ tiêu (đề nghị)")
        if self.quota_is == FORMER:
            return _("Chỉ tiêu %(year)d, năm nay chưa giao") % {"year": self.year - 1}
        return _("Chỉ tiêu %(year)d") % {"year": self.year}

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"last": self.last and self.last.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "last": kept["last"] and date.fromisoformat(kept["last"])})


def figures_on(unit: Organisation, day: date) -> BranchFigures:
    """The figures of `unit` as at the end of `day`."""
    year = periods.year_period(day.year)
    (admitted,) = figures.tally_cells(unit, [(periods.any_days(year.first, day), ADMITTED)])
    quota, quota_is = _quota(unit, year)
    lists = read_lists(unit, day)
    counts = {name: people(lists, day).count() for name, people in PEOPLE.items()}
    last = figures.last_admission_day(unit)
    if last and last > day:
        rows = figures.list_figure(unit, periods.any_days(date(1900, 1, 1), day), ADMITTED)
        last = rows.order_by("-decided_on").values_list("decided_on", flat=True).first()
    return BranchFigures(
        year=day.year, quota=quota, quota_is=quota_is, admitted=admitted, last=last, **counts
    )


def _quota(unit, year):
    """(the quota in heads to set beside the figures, what it is)."""
    before = periods.year_period(year.first.year - 1)
    found = attainment.quotas_of([unit.pk], [year, before])
    if (unit.pk, year) in found:
        return found[unit.pk, year].number, GIVEN
    pending = Quota.objects.pending().heads().of(year).filter(unit=unit).select_related("membership").first()
    if pending:
        return attainment.quota_target(pending, year).number, PROPOSED
    if (unit.pk, before) in found:
        return found[unit.pk, before].number, FORMER
    return None, ""


def _waiting(lists: Lists, day: date) -> DossierQuerySet:
    sent = lists.sources.filter(class_agreed_on__lte=day)
    return sent.filter(Q(certified_on=None) | Q(certified_on__gt=day))


PEOPLE: dict[str, Callable[[Lists, date], DossierQuerySet]] = {
    "sources": lambda lists, _day: lists.sources,
    "waiting": _waiting,
    "under_way": lambda lists, _day: lists.under_way,
}
"""{figure: its people, by the lists of a day}."""


def list_people_of_figure(unit: Organisation, day: date, figure: str) -> DossierQuerySet:
    """The dossiers under `unit` that `figure`, a key of `PEOPLE`, counts as at `day`."""
    return PEOPLE[figure](read_lists(unit, day), day)


def suggest_assessment(found: BranchFigures) -> tuple[str, str]:
    """(assessment, its reasons in words), from the figures alone (docs/domain.md, rule 54)."""
    hand, left = found.sources + found.under_way, found.left
    if left == 0 or (found.under_way and hand >= (left or 0)):
        verdict = "good"
    elif (left is not None and hand < left) or not (hand or found.admitted):
        verdict = "short"
    else:
        verdict = "met"
    return verdict, "; ".join(_reasons(found, hand)) + "."


def _reasons(found, hand):
    """The clauses of a suggestion."""
    facts = {"s": format_number(found.sources), "left": format_number(found.left)}
    if found.left is None:
        yield _("Chưa có chỉ tiêu, nguồn %(s)s") % facts
    elif not found.left:
        yield _("Đã đủ chỉ tiêu, nguồn %(s)s") % facts
    else:
        yield _("Có nguồn %(s)s so với còn %(left)s") % facts
    if found.waiting:
        yield _("đã cử học %(n)s") % {"n": format_number(found.waiting)}
    if found.under_way:
        yield _("đang làm %(n)s hồ sơ") % {"n": format_number(found.under_way)}
    else:
        yield _("chưa có hồ sơ")
