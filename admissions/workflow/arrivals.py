"""Taking up someone who comes from another district or province in mid-procedure (HD 06, 3.9)."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Permission
from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Candidate, Dossier, Paper
from admissions.rules import deadlines, working_days
from admissions.states import State
from admissions.workflow.acts.guards import days_in_words, require_number, set_date
from admissions.workflow.door import write_event
from admissions.workflow.entry import check_entry, number_dossier, save_person
from notation.dates import add_months, dmy
from notation.vietnamese import clean


class Stage(models.TextChoices):
    """How far the procedure had come at the other place."""

    PROPOSED = "proposed", gettext_lazy("Đã có nghị quyết, chưa có quyết định kết nạp (17B-KNĐ)")
    DECIDED = "decided", gettext_lazy("Đã có quyết định kết nạp, chưa tổ chức lễ")
    PROBATIONARY = "probationary", gettext_lazy("Đảng viên dự bị")


STATES = {
    Stage.PROPOSED: State.APPRAISAL,
    Stage.DECIDED: State.DECIDED,
    Stage.PROBATIONARY: State.PROBATIONARY,
}
NEEDS = {
    Stage.PROPOSED: ("branch_resolved_on",),
    Stage.DECIDED: ("elsewhere_on", "elsewhere_number"),
    Stage.PROBATIONARY: ("elsewhere_on", "elsewhere_number", "ceremony_on"),
}
"""What has to be known of each stage."""
DATES = ("branch_resolved_on", "base_resolved_on", "elsewhere_on", "ceremony_on")
"""The dates of the other place, in their order."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Where someone comes from and what was done there: the papers' `number`, the dates, the decision elsewhere.

    `on` is the day on which the dossier or the member was received here, `transferred_on` that of the transfer.
    """

    stage: Stage
    on: date
    place: str
    number: str
    transferred_on: date | None = None
    branch_resolved_on: date | None = None
    base_resolved_on: date | None = None
    elsewhere_on: date | None = None
    elsewhere_number: str = ""
    ceremony_on: date | None = None


def take_up_arrival(
    candidate: Candidate, dossier: Dossier, arrival: Arrival, *, by: User, at: datetime | None = None
) -> Dossier:
    """Enter someone who comes from elsewhere in the state of the stage reached there. Raises `Refused`.

    An admission decided elsewhere has its date and number in columns of their own: it is followed for conversion here
    and in no figure of admissions. One that is still to be decided will be this register's.
    """
    for right in (Permission.ENTER, Permission.APPRAISE):
        if not by.may(right, dossier.branch):
            words = _("Chưa ghi được: việc này do người có quyền %(right)s ghi.")
            raise Refused(words % {"right": right.label})
    _require_what_the_stage_needs(arrival)
    dossier.listed_on = min(filter(None, (getattr(arrival, name) for name in DATES)))
    check_entry(candidate, dossier)
    _set_dates(dossier, arrival)
    with transaction.atomic():
        save_person(candidate, dossier, by=by)
        dossier.candidate, dossier.commune = candidate, dossier.branch.base_organisation
        dossier.year, dossier.serial = number_dossier(arrival.on.year)
        dossier.state, dossier.state_since = STATES[arrival.stage], arrival.on
        dossier.version = dossier.event_count = 0
        dossier.save()
        if arrival.stage == Stage.PROPOSED:
            number = clean(arrival.number)[:60]
            Paper.objects.create(dossier=dossier, code="17B-KND", number=number, dated_on=arrival.on)
        facts = {name: getattr(arrival, name) for name in arrival.__dataclass_fields__}
        facts |= {"stage": arrival.stage.value, "branch": dossier.branch}
        write_event(dossier, "arrive", {}, "", by=by, at=at, facts=facts)
    return dossier


def _require_what_the_stage_needs(arrival):
    lacking = [name for name in ("place", *NEEDS[arrival.stage]) if not getattr(arrival, name)]
    wrong = dict.fromkeys(lacking, _("Cần ghi để nhận ở bước này."))
    known = [(name, day) for name in DATES if (day := getattr(arrival, name))]
    for (_name, earlier), (name, later) in itertools.pairwise(known):
        if later < earlier:
            words = _("%(day)s trước ngày %(earlier)s.")
            wrong[name] = words % days_in_words(day=later, earlier=earlier)
    for name, day in known:
        if day > arrival.on:
            wrong.setdefault(name, _("Việc ở nơi cũ phải trước ngày nhận %(on)s.") % {"on": dmy(arrival.on)})
    if wrong:
        raise Refused(wrong)


def _set_dates(dossier, arrival):
    """Put onto the dossier what was done elsewhere, by the procedure of the first day known."""
    begun = arrival.branch_resolved_on or arrival.elsewhere_on
    try:
        version = procedure.version_in_force(begun)
    except procedure.NoProcedure as error:
        field = "branch_resolved_on" if arrival.branch_resolved_on else "elsewhere_on"
        raise Refused({field: str(error)}) from error
    _require_valid(version, arrival)
    dossier.procedure = version.key
    dossier.branch_resolved_on, dossier.base_resolved_on = (
        arrival.branch_resolved_on,
        arrival.base_resolved_on,
    )
    dossier.elsewhere_by, dossier.transferred_on = clean(arrival.place), arrival.transferred_on
    dossier.arrived_on = arrival.on
    if arrival.stage == Stage.PROPOSED:
        set_date(dossier, "received_on", arrival.on)
        return
    dossier.elsewhere_number = require_number(arrival.elsewhere_number, "elsewhere_number")
    set_date(dossier, "elsewhere_on", arrival.elsewhere_on, "elsewhere_on")
    if arrival.stage == Stage.PROBATIONARY:
        set_date(dossier, "ceremony_on", arrival.ceremony_on, "ceremony_on")
        dossier.probation_ends_on = add_months(arrival.ceremony_on, version.clock("probation").length)


def _require_valid(version, arrival):
    """Refuse a decision that the old place signed too long after the transfer: it is annulled there."""
    signed, moved = arrival.elsewhere_on, arrival.transferred_on
    if not signed or not moved:
        return
    calendar = working_days.load_calendar()
    lapsed = deadlines.decided_too_late_after_transfer(version, signed, moved, calendar)
    if lapsed and lapsed.confidence == "verified":
        words = _(
            "Quyết định ký %(signed)s, quá %(n)d ngày làm việc kể từ quyết định chuyển %(moved)s (%(clause)s):"
            " nơi cũ hủy quyết định và chuyển hồ sơ; nhận như hồ sơ chưa có quyết định."
        )
        values = {"signed": dmy(signed), "n": lapsed.length, "moved": dmy(moved), "clause": lapsed.clause}
        raise Refused({"elsewhere_on": words % values})
