"""The shares of women, minority and the like among those admitted, each over the same base, which is said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Occupation, Qualification
from branches.models import Organisation
from notation.numbers import format_number, format_percent
from reports import links
from reports.closing import province
from reports.measures import ADMITTED, MEASURES, Measure
from reports.periods import Period
from reports.quotas import membership
from reports.quotas.attainment import Row, percent_of


@dataclass(frozen=True)
class Part:
    """Whose share is shown: those that one of `keys`, which exclude each other, counts; `words` as in a sentence."""

    label: str | Promise
    keys: tuple[str, ...]
    words: str | Promise = ""


def _part(key, words=""):
    return Part(MEASURES[key].label, (key,), words)


def _jobs(*occupations):
    return tuple(f"occupation-{value}" for value in occupations)


IN_FIRMS = (Occupation.ENTERPRISE_MANAGER, Occupation.ENTERPRISE_STAFF, Occupation.ENTERPRISE_WORKER)
OFFICIALS = (
    Occupation.STATE_OFFICIAL,
    Occupation.PARTY_OFFICIAL,
    Occupation.COMMUNE_OFFICIAL,
    Occupation.PUBLIC_EMPLOYEE,
)
DEGREES = (Qualification.BACHELOR, Qualification.MASTER, Qualification.DOCTOR)
PARTS = (
    _part("women", gettext_lazy("%(n)s nữ (%(share)s)")),
    _part("minority", gettext_lazy("%(n)s người dân tộc thiểu số (%(share)s)")),
    _part("religious"),
    _part("youth", gettext_lazy("%(n)s đoàn viên thanh niên (%(share)s)")),
    _part("rural"),
    _part("demobilised", gettext_lazy("%(n)s bộ đội xuất ngũ (%(share)s)")),
    _part("owner"),
    Part(gettext_lazy("Người trực tiếp sản xuất"), _jobs(Occupation.FARMER, Occupation.ENTERPRISE_WORKER)),
    Part(gettext_lazy("Lao động trong doanh nghiệp"), _jobs(*IN_FIRMS)),
    Part(gettext_lazy("Học sinh, sinh viên"), _jobs(Occupation.PUPIL, Occupation.STUDENT)),
    Part(gettext_lazy("Cán bộ, công chức, viên chức"), _jobs(*OFFICIALS)),
    Part(MEASURES[f"occupation-{Occupation.VILLAGE_WORKER}"].label, _jobs(Occupation.VILLAGE_WORKER)),
    Part(gettext_lazy("Trình độ đại học trở lên"), tuple(f"qualification-{value}" for value in DEGREES)),
)
"""The shares that a page shows, in order; those with `words` also stand in the opening of a written report."""

COUNTED: tuple[Measure, ...] = tuple(
    MEASURES[key] for key in dict.fromkeys((ADMITTED.key, *(key for part in PARTS for key in part.keys)))
)
"""What has to be counted for them."""


@dataclass(frozen=True)
class Share:
    """One share: how many, with the address of their list ("" where there is none), of those admitted."""

    label: str
    number: int
    percent: Decimal | None
    url: str


def shares_of(counts: Mapping[str, int], url: Callable[[str], str]) -> list[Share]:
    """A `Share` for each of `PARTS` that counts anyone; `counts` by the keys of `COUNTED`, `url` by key."""
    shares = []
    for part in PARTS:
        number = sum(counts.get(key) or 0 for key in part.keys)
        if number:
            address = url(part.keys[0]) if len(part.keys) == 1 else ""
            shares.append(Share(str(part.label), number, percent_of(number, counts[ADMITTED.key]), address))
    return shares


def shares_beside(row: Row, period: Period, children: Sequence[Organisation]) -> dict[str, Any]:
    """What `_shares.html` shows beside the number of `row`: shares, their base, the rate to the members.

    "members" are those at the start of the year, of the unit and its `children`, by primary key.
    """
    unit, admitted = row.unit, row.admitted
    numbers = province.tally_with_closings(unit, [(period, measure) for measure in COUNTED])
    counts = {measure.key: number for measure, number in zip(COUNTED, numbers, strict=True)}
    members: dict[int, int] = {}
    if not period.is_term:
        members = membership.sum_members_at_start([unit, *children], period)
    return {
        "shares": shares_of(counts, lambda key: links.figure_url(unit, period, key)),
        "base": admitted,
        "members": members,
        "rate": membership.rate_of(unit, admitted, children, members, period),
    }


def shares_in_words(counts: Mapping[str, int]) -> str:
    """The sentence of a written report: "Trong đó có 10 nữ (24,4%), …"; "" where there is none of them."""
    said = []
    for part in PARTS:
        number = sum(counts.get(key) or 0 for key in part.keys)
        if part.words and number:
            share = format_percent(percent_of(number, counts[ADMITTED.key]))
            said.append(str(part.words) % {"n": format_number(number), "share": share})
    return _("Trong số kết nạp có %(parts)s.") % {"parts": ", ".join(said)} if said else ""
