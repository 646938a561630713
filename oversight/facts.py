"""What the register says of a unit as of a day: members, quota, admissions, sources, classes, dossiers, probationers.

Each figure of people is the length of `list_people_of_fact`, so that it opens them. It goes by the dates of a dossier
and by the branch that handles it today; who came to light later counts on the earlier day too (docs/domain.md, Visits).
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


def _listed(day):
    later = _passed_any(day, "applied_on", "branch_resolved_on", "received_on", "decided_on", "elsewhere_on")
    return _passed("listed_on", day) & ~later & ~_ended(day)


def _waiting_class(day):
    return _listed(day) & _passed("class_agreed_on", day) & ~_passed("certified_on", day) & ~_learning(day)


def _learning(day):
    rows = Enrolment.objects.filter(is_learning(day), nominated_on__lte=day)
    return _listed(day) & Q(pk__in=rows.values("dossier"))


def _under_way(day):
    begun = _passed_any(day, "applied_on", "branch_resolved_on", "received_on")
    return begun & ~_passed_any(day, "decided_on", "elsewhere_on") & ~_ended(day)


def _probationary(day):
    here = _passed("ceremony_on", day) & (Q(arrived_on=None) | _passed("arrived_on", day))
    return here & ~_passed("conversion_decided_on", day) & ~_ended(day)


@dataclass(frozen=True)
class Group:
    """People of a unit as of a day: the name of their figure, and the condition by day."""

    label: str | Promise
    condition: Callable[[date], Q]


GROUPS = {
    "sources": Group(gettext_lazy("Nguồn trong danh sách"), _listed),
    "learning": Group(gettext_lazy("Học khóa nhận thức, chờ GCN"), _learning),
    "waiting": Group(gettext_lazy("Chờ lớp nhận thức"), _waiting_class),
    "under_way": Group(gettext_lazy("Đang làm hồ sơ"), _under_way),
    "probationary": Group(gettext_lazy("Đảng viên dự bị"), _probationary),
}
"""The figures that are lists of people, by the key that an address names."""


def list_people_of_fact(unit: Organisation, key: str, day: date) -> DossierQuerySet:
    """The dossiers behind the figure `key` of `GROUPS`, of `unit` and everything below it, as of `day`."""
    return Dossier.objects.under(unit).filter(GROUPS[key].condition(day))


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
    facts |= {key: list_people_of_fact(unit, key, day).count() for key in GROUPS}
    facts["silent"] = None if unit.is_branch else count_silent(unit, day)
    facts["branches"] = count_branches(unit, day)
    return facts


def facts_of_visit(unit: Organisation, day: date) -> dict[str, dict[str, Number]]:
    """{key: {"unit": n, "commune": n}} of what is visited and of its base organisation as of `day`."""
    commune = unit.base_organisation
    whole = read_facts(commune, day)
    own = whole if commune.pk == unit.pk else read_facts(unit, day)
    return {key: {"unit": own[key], "commune": whole[key]} for key in whole}
