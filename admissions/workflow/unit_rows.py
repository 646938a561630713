"""What a unit that ends has beside its dossiers: meetings still to come, classes that run, who decides, what waits."""

from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.choices import ClassStep
from admissions.models import AwarenessClass, Correction, DecidingBody, Enrolment, Meeting
from admissions.workflow.hand_over import KEPT
from branches.hand_over import Handed, HandingOver, move_rows

OVER = (ClassStep.DECLINED, ClassStep.ABSENT, ClassStep.FAILED, ClassStep.CERTIFIED)
"""Where a class is over for somebody."""


def hand_over_meetings(handing: HandingOver, *, by: User) -> list[Handed]:
    """Meetings that are fixed for a day of the heirs move along; they block nothing."""
    rows = Meeting.objects.filter(unit__in=[*handing.units], held_on__gte=handing.on)
    facts = {"what": "meetings", "label": _("Cuộc họp đã hẹn"), "how": _("giữ ngày, họp ở đơn vị mới")}
    return [move_rows(handing, rows, **facts)]


def hand_over_classes(handing: HandingOver, *, by: User) -> list[Handed]:
    """A class keeps its learners, counted in the units of its time; one that runs belongs to the heir of its opener."""
    learning = Enrolment.objects.exclude(step__in=OVER).exclude(dossier__state__in=KEPT)
    # The dossiers have gone over before: a learner is found by the heir's branches and told by where they came from.
    heirs = [heir.pk for heirs in handing.heirs.values() for heir in heirs]
    told = learning.filter(dossier__branch__in=[*heirs, *handing.units]).values_list("branch", flat=True)
    parts = Counter(pk for pk in told if pk in handing.units)
    running = AwarenessClass.objects.filter(unit__in=[*handing.units])
    running = running.filter(Q(last__gte=handing.on) | Q(enrolments__in=learning)).distinct()
    opened = {"what": "classes", "label": _("Lớp nhận thức đang mở"), "how": _("đơn vị mới mở tiếp")}
    return [
        Handed(
            what="learners",
            key="learners",
            label=_("Học viên lớp nhận thức"),
            how=_("lớp không đổi"),
            moved=sum(parts.values()),
            parts=parts,
        ),
        move_rows(handing, running, **opened),
    ]


def hand_over_deciders(handing: HandingOver, *, by: User) -> list[Handed]:
    """Who decides ends with the unit and begins at an heir whose origins were all decided by the same body.

    Others follow the rule without a row (docs/domain.md, 1.4).
    """
    rows = list(_running_deciders(handing))
    parts = Counter(row.unit_id for row in rows)
    by_unit = {row.unit_id: row for row in rows}
    moved = set()
    with handing.rows.watching(_deciders(handing)):
        for heir, origins in handing.origins.items():
            found = [by_unit.get(pk) for pk in origins]
            first = found[0]
            if first is None or {row and row.decider for row in found} != {first.decider}:
                continue
            facts = {"decider": first.decider, "until": first.until, "basis": first.basis, "by": first.by}
            DecidingBody.objects.get_or_create(unit_id=heir, since=handing.on, defaults=facts)
            moved |= {row.pk for row in found if row}
        for row in rows:
            if row.since > handing.last:
                row.delete()
            else:
                row.until = handing.last
                row.save(update_fields=["until"])
    label, how = _("Thẩm quyền quyết định"), _("kết thúc ngày cuối; đơn vị mới theo quyết định giống nhau")
    return [Handed(what="deciders", key="deciders", label=label, how=how, moved=len(moved), parts=parts)]


def _running_deciders(handing):
    rows = DecidingBody.objects.filter(unit__in=[*handing.units])
    return rows.filter(Q(until=None) | Q(until__gte=handing.on)).select_related("by").order_by("pk")


def _deciders(handing):
    return DecidingBody.objects.filter(unit__in=[*handing.units, *handing.origins])


def tell_waiting_corrections(handing: HandingOver, *, by: User) -> list[Handed]:
    """Corrections that wait for an answer go with their dossiers."""
    waiting = Correction.objects.filter(state=Correction.State.WAITING)
    heirs = {heir: origins[0] for heir, origins in handing.origins.items()}
    waiting = waiting.filter(dossier__branch__in=[*heirs, *handing.units])
    told = waiting.values_list("dossier__branch", flat=True)
    parts = Counter(heirs.get(pk, pk) for pk in told)
    label, how = _("Đề nghị sửa hồ sơ"), _("đi theo hồ sơ")
    moved = sum(parts.values())
    return [Handed(what="corrections", key="corrections", label=label, how=how, moved=moved, parts=parts)]
