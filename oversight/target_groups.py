"""The groups that a plan sets sub-targets for: of those admitted, and of those still on the way.

Whom a decision admitted is counted by the facts frozen then (`reports.measures`), also on an earlier day; who is on the
list or under way by what is known of them today. A group that is ticked on the person counts by the tick of today.
Groups overlap and are never added up (docs/domain.md, rule 31).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.models import PriorityGroup
from admissions.models.dossier import DossierQuerySet
from admissions.sources.listing import read_lists
from branches.models import Kind, Organisation
from reports.figures import chain_steps, figures
from reports.measures import MEASURES, SUMMED, Measure
from reports.periods import Period


@dataclass(frozen=True)
class TargetGroup:
    """`admitted` is its condition on admissions, `people` on dossiers at any step; `measure` its figure."""

    key: str
    label: str | Promise
    admitted: Q
    people: Q
    measure: Measure | None = None


def _counted(key, label=None):
    measure = MEASURES.get(key) or SUMMED[key]
    people = chain_steps.condition_of_people(measure.condition)
    return TargetGroup(key, label or measure.label, measure.condition, people, measure)


PRIVATE = (Kind.PRIVATE_ENTERPRISE, Kind.COOPERATIVE, Kind.PRIVATE_UNIT)
"""The kinds of units outside the state (doanh nghiệp và đơn vị kinh tế tư nhân)."""

TICKED = Q(candidate__groups__key=PriorityGroup.RECRUITS)
"""Ticked on the person as about to do military service (tuyển quân)."""

GROUPS = {
    group.key: group
    for group in (
        _counted("rural", gettext_lazy("Chi bộ nông thôn")),
        _counted("women"),
        _counted("youth"),
        _counted("learners", gettext_lazy("Học sinh, sinh viên")),
        TargetGroup("recruits", gettext_lazy("Thanh niên trước khi nhập ngũ"), TICKED, TICKED),
        _counted("occupation-village_worker", gettext_lazy("Trưởng thôn, cán bộ thôn, tổ dân phố")),
        TargetGroup(
            "private-firms",
            gettext_lazy("Doanh nghiệp, hợp tác xã ngoài nhà nước"),
            Q(admitted_branch__kind__in=PRIVATE) | Q(admitted_commune__kind__in=PRIVATE),
            Q(branch__kind__in=PRIVATE) | Q(commune__kind__in=PRIVATE),
        ),
        _counted("owner"),
        _counted("farmers"),
        _counted("workers"),
        _counted("officials"),
        _counted("public-staff"),
        _counted("demobilised"),
        _counted("minority"),
        _counted("religious"),
    )
}
"""The groups by their keys, in the order of forms and tables."""

ALL = TargetGroup("all", gettext_lazy("Tất cả"), Q(), Q(), MEASURES["admitted"])
"""Everybody: not a group, but counted like one."""


def list_admitted(unit: Organisation, period: Period, group: TargetGroup = ALL) -> DossierQuerySet:
    """The admissions of `unit` in `period` that count in `group`."""
    return figures.list_figure(unit, period).filter(group.admitted)


def list_under_way(unit: Organisation, day: date, group: TargetGroup = ALL) -> DossierQuerySet:
    """The dossiers of `group` under way at `unit` on `day`: an application is in, nothing is decided."""
    return read_lists(unit, day).under_way.filter(group.people)


def list_listed(unit: Organisation, day: date, group: TargetGroup = ALL) -> DossierQuerySet:
    """The people of `group` on the source lists of `unit` on `day`, no application made yet."""
    return read_lists(unit, day).sources.filter(group.people)
