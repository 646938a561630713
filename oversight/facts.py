"""What the register says of a unit as of a day: members, quota, admissions, sources, classes, dossiers, probationers.

Each figure of people is the length of `list_people_of_fact`, so that it opens them. Who was on the list is what
`admissions.sources.listing` says of the day, as corrected; who came to light later counts on the earlier day too
(docs/domain.md, Visits). Probationers go by the branch that handles them today.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.classes.figures import is_learning
from admissions.models import Dossier, Enrolment
from admissions.models.dossier import DossierQuerySet
from admissions.sources.listing import Lists, read_lists
from admissions.states import ENDED
from branches.models import Organisation
from reports import periods
from reports.figures import figures, silence
from reports.models import MemberCount, MembershipMovement
from reports.quotas.attainment import own_quota

Number = int | None


def _passed(column, day):
    """A condition: the date in `column` is there, and not after `day`."""
    return Q(**{f"{column}__lte": day})


def _passed_any(day, *columns):
    return reduce(or_, [_passed(column, day) for column in columns])


def _ended(day):
    return Q(state__in=ENDED, state_since__lte=day) | _passed_any(day, "left_on", "annulled_on")


def _sources(lists, _unit, _day):
    return lists.sources


def _learning(lists, _unit, day):
    rows = Enrolment.objects.filter(is_learning(day), nominated_on__lte=day)
    return lists.sources.filter(pk__in=rows.values("dossier"))


def _waiting_class(lists, unit, day):
    agreed = _passed("class_agreed_on", day) & ~_passed("certified_on", day)
    return lists.sources.filter(agreed).exclude(pk__in=_learning(lists, unit, day).values("pk"))


def _under_way(lists, _unit, _day):
    return lists.under_way


def _probationary(_lists, unit, day):
    here = _passed("ceremony_on", day) & (Q(arrived_on=None) | _passed("arrived_on", day))
    return Dossier.objects.under(unit).filter(here & ~_passed("conversion_decided_on", day) & ~_ended(day))


@dataclass(frozen=True)
class Group:
    """People of a unit as of a day: the name of their figure, and who they are, by the lists of that day."""

    label: str | Promise
    people: Callable[[Lists, Organisation, date], DossierQuerySet]


GROUPS = {
    "sources": Group(gettext_lazy("Nguồn trong danh sách"), _sources),
    "learning": Group(gettext_lazy("Học khóa nhận thức, chờ GCN"), _learning),
    "waiting": Group(gettext_lazy("Chờ lớp nhận thức"), _waiting_class),
    "under_way": Group(gettext_lazy("Đang làm hồ sơ"), _under_way),
    "probationary": Group(gettext_lazy("Đảng viên dự bị"), _probationary),
}
"""The figures that are lists of people, by the key that an address names."""


def list_people_of_fact(unit: Organisation, key: str, day: date) -> DossierQuerySet:
    """The dossiers behind the figure `key` of `GROUPS`, of `unit` and everything below it, as of `day`."""
    return GROUPS[key].people(read_lists(unit, day), unit, day)


def count_members(unit: Organisation, day: date) -> Number:
    """The members at the last count up to `day`: of the unit, or of its branches together; None without any."""
    own = MemberCount.objects.filter(unit=unit, on__lte=day).order_by("-on").first()
    quarter = periods.preceding_quarter(periods.quarter_of_day(day))
    branches = Organisation.objects.under(unit).branches().on(day)
    rows = MembershipMovement.objects.filter(
        branch__in=branches, year=quarter.first.year, quarter=quarter.number
    )
    ends = list(rows.values_list("end", flat=True))
    if ends and (own is None or own.on <= quarter.last):
        return sum(ends)
    return own.number if own else None


def count_silent(unit: Organisation, day: date) -> Number:
    """Branches without an admission in eight quarters and without a source; None where that cannot be told."""
    silent = silence.silent_branches(unit, year_until(day))
    return None if silent is None else silent.count()


def count_branches(unit: Organisation, day: date) -> int:
    return Organisation.objects.under(unit).branches().on(day).count()


def year_until(day: date) -> periods.Period:
    """The days of the year up to `day`."""
    year = periods.year_period(day.year)
    return year if day >= year.last else periods.any_days(year.first, day)


def read_facts(unit: Organisation, day: date) -> dict[str, Number]:
    """{key: number} of one unit as of `day`; None where the register does not know."""
    year = periods.year_period(day.year)
    before = periods.year_period(day.year - 1)
    facts: dict[str, Number] = {
        "members": count_members(unit, day),
        "quota": own_quota(unit, year),
        "admitted_before": figures.list_figure(unit, before).count(),
        "admitted": figures.list_figure(unit, year_until(day)).count(),
    }
    lists = read_lists(unit, day)
    facts |= {key: group.people(lists, unit, day).count() for key, group in GROUPS.items()}
    facts["silent"] = None if unit.is_branch else count_silent(unit, day)
    facts["branches"] = count_branches(unit, day)
    return facts


def facts_of_visit(unit: Organisation, day: date) -> dict[str, dict[str, Number]]:
    """{key: {"unit": n, "commune": n}} of what is visited and of its base organisation as of `day`."""
    commune = unit.base_organisation
    whole = read_facts(commune, day)
    own = whole if commune.pk == unit.pk else read_facts(unit, day)
    return {key: {"unit": own[key], "commune": whole[key]} for key in whole}
