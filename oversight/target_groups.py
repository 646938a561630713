"""The groups that a plan sets sub-targets for: of those admitted, and of those still on the way.

Whom a decision admitted is counted by the facts frozen then (`reports.measures`); who is on the list or under way by
what is known of them today. A group that is ticked on the person counts by the tick of today. Groups overlap and are
never added up (docs/domain.md, rule 31).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.models import Dossier, PriorityGroup
from admissions.models.dossier import DossierQuerySet
from admissions.states import ENDED, State
from branches.models import Kind, Organisation
from notation.dates import today
from reports.figures import figures
from reports.measures import MEASURES, SUMMED, Measure
from reports.periods import Period

LIVING = {
    "admitted_rural": "branch__rural",
    "admitted_sex": "candidate__sex",
    "admitted_minority": "candidate__ethnicity__minority",
    "admitted_religious": "candidate__religion__follower",
    "admitted_youth": "candidate__in_youth_union",
    "admitted_owner": "candidate__business_owner",
    "admitted_demobilised": "candidate__demobilised",
    "admitted_occupation": "candidate__occupation",
    "admitted_qualification": "candidate__qualification",
}
"""{a fact frozen at admission: where it is read from until then}."""


@dataclass(frozen=True)
class TargetGroup:
    """`admitted` is its condition on admissions, `living` on dossiers before; `measure` the figure that counts it."""

    key: str
    label: str | Promise
    admitted: Q
    living: Q
    measure: Measure | None = None


def _as_living(condition: Q) -> Q:
    """The condition on frozen facts as one on the person and branch of today."""
    told = Q(_connector=condition.connector, _negated=condition.negated)
    for part in cast("list[Q | tuple[str, Any]]", condition.children):
        if isinstance(part, Q):
            told.children.append(_as_living(part))
        else:
            name, value = part
            column, _sep, how = name.partition("__")
            told.children.append((LIVING[column] + (f"__{how}" if how else ""), value))
    return told


def _counted(key, label=None):
    measure = MEASURES.get(key) or SUMMED[key]
    return TargetGroup(key, label or measure.label, measure.condition, _as_living(measure.condition), measure)


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
    if day >= today():
        return Dossier.objects.under(unit).under_way().filter(group.living)
    return _on_the_way(unit, day).filter(group.living, applied_on__lte=day)


def list_listed(unit: Organisation, day: date, group: TargetGroup = ALL) -> DossierQuerySet:
    """The people of `group` on the source lists of `unit` on `day`, no application made yet."""
    if day >= today():
        return Dossier.objects.under(unit).filter(group.living, state=State.LISTED)
    waiting = Q(applied_on=None) | Q(applied_on__gt=day)
    return _on_the_way(unit, day).filter(waiting, group.living)


def _on_the_way(unit, day):
    """Who was listed by `day` and neither admitted nor dropped by then."""
    rows = Dossier.objects.under(unit).filter(listed_on__lte=day, elsewhere_on=None)
    open_then = Q(decided_on=None) | Q(decided_on__gt=day)
    return rows.filter(open_then).exclude(decided_on=None, state__in=ENDED, state_since__lte=day)
