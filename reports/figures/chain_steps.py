"""The steps from the source list to official membership, and the dossiers that took each one or wait for it.

One dossier stands at one place: where it was admitted, before that where it is handled. A step counts on its own day,
here and not at another district's; from the decision on, an annulled admission counts no more. A count of a table
(`chain.read_chain`) and the list behind it rest on the same columns.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.models import Dossier
from admissions.models.deciding_body import DecidingBody
from admissions.models.dossier import DossierQuerySet
from admissions.states import ON_CONVERSION, PIPELINE, State
from branches.models import Organisation, Tier
from branches.today import is_today
from notation.dates import today
from reports.figures.placing import ADMITTED_AT, HANDLED_AT, placed_under
from reports.periods import Period

EVERYBODY = Q()
"""No condition on the people."""

VETTING = "TTLL"
"""The paper with the result of the vetting."""


@dataclass(frozen=True)
class Step:
    """One step: the column of its day, and the column of the day that its time is counted from ("" for none).

    `limited` are the keys of the clocks that the law sets for it; the first one's length is shown, or the sum.
    """

    key: str
    label: str | Promise
    day: str
    start: str = ""
    since: str | Promise = ""
    limited: tuple[str, ...] = ()


STEPS = (
    Step("listed", gettext_lazy("Vào danh sách cảm tình Đảng"), "listed_on"),
    Step(
        "certified",
        gettext_lazy("Có GCN lớp nhận thức"),
        "certified_on",
        "listed_on",
        gettext_lazy("từ ngày vào danh sách"),
    ),
    Step(
        "vetted",
        gettext_lazy("Nộp đơn, lý lịch; thẩm tra xong"),
        "vetted_on",
        "certified_on",
        gettext_lazy("từ ngày cấp GCN"),
    ),
    Step(
        "resolved",
        gettext_lazy("Chi bộ ra nghị quyết"),
        "branch_resolved_on",
        "vetted_on",
        gettext_lazy("từ ngày thẩm tra xong"),
    ),
    Step(
        "proposed",
        gettext_lazy("Đảng ủy cơ sở đề nghị"),
        "base_resolved_on",
        "branch_resolved_on",
        gettext_lazy("từ nghị quyết chi bộ"),
    ),
    Step(
        "decided",
        gettext_lazy("Ban Thường vụ quyết định"),
        "decided_on",
        "branch_resolved_on",
        gettext_lazy("từ nghị quyết chi bộ"),
        ("decision",),
    ),
    Step(
        "ceremony",
        gettext_lazy("Lễ kết nạp tại chi bộ"),
        "ceremony_on",
        "decision_received_on",
        gettext_lazy("từ ngày chi bộ nhận quyết định"),
        ("ceremony",),
    ),
    Step(
        "official",
        gettext_lazy("Công nhận chính thức"),
        "conversion_decided_on",
        "probation_ends_on",
        gettext_lazy("từ ngày hết 12 tháng dự bị"),
        ("conversion_review", "conversion_decision"),
    ),
)
"""The steps in order."""

BY_KEY = {step.key: step for step in STEPS}
AFTER_DECISION = ("decided", "ceremony", "official")
COUNTED = Q(decided_on__isnull=False, annulled_on=None)
NOT_COUNTED = Q(decided_on=None) | Q(annulled_on__isnull=False)
"""Admissions that stand, and the other dossiers: null comparisons leave no third kind."""


# Which dossiers


PEOPLE_OF = {
    "admitted_sex": "candidate__sex",
    "admitted_minority": "candidate__ethnicity__minority",
    "admitted_religious": "candidate__religion__follower",
    "admitted_youth": "candidate__in_youth_union",
    "admitted_owner": "candidate__business_owner",
    "admitted_demobilised": "candidate__demobilised",
    "admitted_occupation": "candidate__occupation",
    "admitted_qualification": "candidate__qualification",
    "admitted_rural": "branch__rural",
}
"""Where a fact of an admission is read before there is one: of the person, or the branch, as they are today."""


def condition_of_people(measure: Q) -> Q:
    """The condition of a measure for dossiers at any step: on the frozen facts once admitted, before on the person."""
    return COUNTED & measure | NOT_COUNTED & _of_person(measure)


def _of_person(condition):
    parts = [_of_person(part) if isinstance(part, Q) else _renamed(*part) for part in condition.children]
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def _renamed(lookup, value):
    name, sep, how = lookup.partition("__")
    return f"{PEOPLE_OF[name]}{sep}{how}", value


def dossiers_at(unit: Organisation, condition: Q = EVERYBODY) -> DossierQuerySet:
    """The dossiers that stand at `unit`, with `vetted_on`: the day on which application and vetting were both there.

    A result of the vetting without a day, or dated after the branch's resolution, adds nothing to the day of the
    application; once the branch has resolved, the vetting counts as done.
    """
    place = Q()
    if unit.parent_id is not None or is_today(unit):
        place = COUNTED & placed_under(unit, *ADMITTED_AT) | NOT_COUNTED & placed_under(unit, *HANDLED_AT)
    vetting = FilteredRelation("papers", condition=Q(papers__code=VETTING, papers__had=True))
    in_time = Q(branch_resolved_on=None) | Q(branch_resolved_on__gte=F("vetting__dated_on"))
    vetted = Case(
        When(Q(vetting__dated_on__gt=F("applied_on")) & in_time, then=F("vetting__dated_on")),
        When(Q(vetting__isnull=False) | Q(branch_resolved_on__isnull=False), then=F("applied_on")),
        output_field=DateField(null=True),
    )
    rows = Dossier.objects.annotate(vetting=vetting).annotate(vetted_on=vetted)
    return rows.filter(place, condition)


def _taken(step, first=None, last=None):
    """The step was taken here, from `first` to `last` where they are given."""
    day = step.day
    taken = Q(**{f"{day}__range": (first, last)}) if first else Q(**{f"{day}__isnull": False})
    if step.key != "decided":  # whose column holds decisions of this register alone
        taken &= Q(arrived_on=None) | Q(arrived_on__lte=F(day))
    return taken & Q(annulled_on=None) if step.key in AFTER_DECISION else taken


def _asked(period, cohort):
    """{step key: who took it}: in `period` by the step's own day; of a `cohort`, those listed in `period`, ever."""
    listed = _taken(STEPS[0], *period.days)
    if cohort:
        return {step.key: listed & _taken(step) for step in STEPS}
    return {step.key: _taken(step, *period.days) for step in STEPS}


def list_takers(
    unit: Organisation, period: Period, step: Step, condition: Q = EVERYBODY, *, cohort: bool = False
) -> DossierQuerySet:
    """The dossiers behind the number of a step."""
    return dossiers_at(unit, condition).filter(_asked(period, cohort)[step.key])


def list_chain(
    unit: Organisation, period: Period, condition: Q = EVERYBODY, *, cohort: bool = False
) -> DossierQuerySet:
    """The dossiers that some step of the chain counts."""
    asked = _asked(period, cohort)
    some = asked["listed"] if cohort else reduce(or_, asked.values())
    return dossiers_at(unit, condition).filter(some)


def took_step(row: Any, step: Step, period: Period, cohort: bool) -> bool:
    """Whether a row of `list_chain` counts in `step`; a cohort's rows are those listed in its period already."""
    day = getattr(row, step.day)
    if day is None or (step.key != "decided" and row.arrived_on and row.arrived_on > day):
        return False
    if row.annulled_on and step.key in AFTER_DECISION:
        return False
    return cohort or period.first <= day <= period.last


# Who waits


def waiting_conditions() -> dict[str, Q]:
    """{key of the step that is waited for: the dossiers}, each dossier in one of them at most.

    Up to the decision they are all sources and dossiers under way. A probationer waits once the twelve months are over.
    """
    straight = _without_base_step()
    resolved, vetted = Q(state=State.RESOLVED), Q(vetted_on__isnull=False)
    sent = Q(state__in=PIPELINE[PIPELINE.index(State.PROPOSED) :])
    listed, preparing = Q(state=State.LISTED), Q(state=State.PREPARING)
    return {
        "certified": listed & Q(certified_on=None),
        "vetted": listed & Q(certified_on__isnull=False) | preparing & Q(vetted_on=None),
        "resolved": preparing & vetted,
        "proposed": resolved & ~straight,
        "decided": resolved & straight | sent,
        "ceremony": Q(state=State.DECIDED),
        "official": Q(state__in=ON_CONVERSION, probation_ends_on__lte=today()),
    }


def _without_base_step():
    """No committee proposes between the branch and who decides (`Dossier.has_base_step`)."""
    on = OuterRef("branch_resolved_on")
    until = Q(until=None) | Q(until__gte=on)
    themselves = DecidingBody.objects.filter(until, unit=OuterRef("commune"), since__lte=on)
    no_district = ~Q(commune__parent__tier=Tier.DISTRICT)
    return Q(branch__is_base_branch=True) | Q(Exists(themselves)) | no_district


def list_waiting_before(
    unit: Organisation, step: str, condition: Q = EVERYBODY, listed_in: Period | None = None
) -> DossierQuerySet:
    """Who waits at `unit` today for `step`; of those listed in a period alone where it is given."""
    return handled_at(unit, condition, listed_in).filter(waiting_conditions()[step])


def count_waiting(
    unit: Organisation, condition: Q = EVERYBODY, listed_in: Period | None = None
) -> dict[str, int]:
    """{step key: number} as `list_waiting_before` lists them, in one statement."""
    conditions = waiting_conditions()
    place = Case(*(When(where, then=Value(key)) for key, where in conditions.items()))
    rows = handled_at(unit, condition, listed_in).filter(reduce(or_, conditions.values()))
    counts = rows.annotate(place=place).order_by().values_list("place").annotate(n=Count("pk"))
    return dict.fromkeys(conditions, 0) | dict(counts)


def handled_at(unit: Organisation, condition: Q, listed_in: Period | None) -> DossierQuerySet:
    """The dossiers that are still handled at `unit` up to official membership; those listed in a period alone."""
    rows = dossiers_at(unit, condition).filter(state__in=(*PIPELINE, State.DECIDED, *ON_CONVERSION))
    return rows.filter(_taken(STEPS[0], *listed_in.days)) if listed_in else rows
