"""Whether the units whose act it is stood on its day: asked of every act, at the door."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules.document_numbers import issuing_unit
from admissions.workflow.act import Act
from branches.models import Organisation
from branches.successions import describe_absence, stood_on
from notation.dates import today


def refuse_absent_units(dossier: Dossier, act: Act, *, on: date, **facts: Any) -> None:
    """Raise `Refused` unless every unit that `act` is of stood on its day, itself or as what it took over from.

    `facts` are those of the act. A dossier may be entered with the heir though its first steps were the old unit's.
    """
    if on > today():
        return  # the act itself says that the day is still to come
    for unit in acting_units(dossier, act, on, facts.get("meeting")):
        if not unit.exists_on(on) and (unit.ended_before(on) or not stood_on(unit, on)):
            words = describe_absence(unit, on)
            if unit.pk == dossier.branch_id and unit.ended_before(on):
                words = f"{words} {_('Hồ sơ chưa được bàn giao; ghi bàn giao trước, hoặc kiểm lại ngày.')}"
            raise Refused({"on": words})


def acting_units(dossier: Dossier, act: Act, on: date, meeting: Any = None) -> list[Organisation]:
    """The units whose act it is on the day `on`; of a `meeting` that only puts off, the one that met."""
    if meeting is not None and act.puts_off:
        return [meeting.unit]
    return [issuing_unit(dossier, Body(body), on) for body in act.bodies(dossier.state)]
