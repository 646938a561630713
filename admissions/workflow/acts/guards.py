"""What the acts have in common: dates in order, numbers, reasons, ballots and the papers they bring."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused, gather_refusals
from admissions.models import Dossier, Meeting, Paper, Vote, deciding_body_of
from admissions.procedure.spec import VoteRule
from admissions.rules import document_numbers
from admissions.states import ORDERED_BY_ACTS
from notation.dates import dmy, today
from notation.vietnamese import clean


def refuse_future(day: date, field: str = "on") -> None:
    """Refuse a day that is still to come."""
    if day > today():
        raise Refused(
            {field: _("%(day)s chưa tới; hôm nay là %(today)s.") % days_in_words(day=day, today=today())}
        )


def set_date(dossier: Dossier, column: str, day: date, field: str = "on") -> None:
    """Set a date after checking that it is not in the future and not out of order with the others."""
    refuse_future(day, field)
    for other in ORDERED_BY_ACTS[: ORDERED_BY_ACTS.index(column)]:
        earlier = getattr(dossier, other)
        if earlier and day < earlier:
            what = {field.name: field.verbose_name for field in dossier._meta.concrete_fields}[other]
            words = _("%(day)s trước ngày %(earlier)s (%(what)s); kiểm lại một trong hai ngày.")
            raise Refused({field: words % {"what": what, **days_in_words(day=day, earlier=earlier)}})
    setattr(dossier, column, day)


def days_in_words(**days: date) -> dict[str, str]:
    """Days as they are written in a sentence."""
    return {key: dmy(day) for key, day in days.items()}


def refuse_before_state(dossier: Dossier, on: date) -> None:
    """Refuse a day before the dossier came into its present state."""
    refuse_future(on)
    if on < dossier.state_since:
        raise Refused(
            {
                "on": _("%(day)s trước ngày %(since)s (%(state)s).")
                % {"state": dossier.state_words, **days_in_words(day=on, since=dossier.state_since)}
            }
        )


def require_number(number: str, field: str = "number") -> str:
    number = clean(number)
    if not number:
        raise Refused({field: _("Cần số của văn bản.")})
    return number


def require_reason(reason: str) -> None:
    if not clean(reason):
        raise Refused({"reason": _("Cần ghi lý do.")})


def require_day_and_reason(dossier: Dossier, on: date, reason: str) -> None:
    """Refuse a day before the present state, and an act without a reason."""
    with gather_refusals() as refusals:
        with refusals:
            refuse_before_state(dossier, on)
        with refusals:
            require_reason(reason)


def register_decision(dossier: Dossier, number: str, on: date) -> None:
    """Enter a decision of the deciding body that brings no paper; raises `Refused`."""
    document_numbers.register_number(dossier, Vote.Body.STANDING, require_number(number), on)


STEP_OF = {
    (Vote.Body.BRANCH, Vote.Purpose.ADMISSION): "branch",
    (Vote.Body.BASE, Vote.Purpose.ADMISSION): "base",
    (Vote.Body.BRANCH, Vote.Purpose.CONVERSION): "probation",
    (Vote.Body.BASE, Vote.Purpose.CONVERSION): "conversion_base",
    (Vote.Body.STANDING, Vote.Purpose.ADMISSION): "decision",
    (Vote.Body.STANDING, Vote.Purpose.CONVERSION): "conversion",
}
"""The step of the procedure at which each ballot is held."""


BALLOT = ("members", "excluded", "present", "agree", "disagree")
"""The numbers of a vote."""


def check_ballot(*, members: int, present: int, agree: int, disagree: int, excluded: int = 0) -> int:
    """Return the base of a ballot that adds up (docs/domain.md, rule 16).

    Raises `Refused` with a sentence for each broken identity.
    """
    base, wrong = members - excluded, {}
    if base <= 0:
        words = _("%(e)d được trừ thì không còn ai trong %(m)d.")
        wrong["excluded"] = words % {"e": excluded, "m": members}
    elif present > base:
        wrong["present"] = _("%(p)d có mặt > %(b)d được tính.") % {"p": present, "b": base}
    if agree + disagree > present:
        values = {"a": agree, "d": disagree, "sum": agree + disagree, "p": present}
        wrong["agree"] = _("%(a)d + %(d)d = %(sum)d > %(p)d có mặt.") % values
    if wrong:
        raise Refused(wrong)
    return base


def count_vote(
    dossier: Dossier,
    body: Body,
    purpose: Vote.Purpose,
    *,
    on: date,
    number: str,
    meeting: Meeting | None = None,
    manner: str = "",
    excluded_why: str = "",
    **ballot: int,
) -> Vote:
    """Check a ballot and record it with what it needed, whether it passed, and the paper it brings.

    A vote on conversion that fell short brings no paper: what the procedure then asks for is still to come. Without
    a `number` nothing was resolved, and only the votes are kept.
    """
    number = clean(number)
    needed = _needed_votes(dossier, body, on, number, ballot)
    passed = ballot["agree"] >= needed
    if number and (passed or purpose == Vote.Purpose.ADMISSION):
        note_paper_made(dossier, STEP_OF[body, purpose], on, number)
    return Vote.objects.create(
        dossier=dossier,
        body=body,
        purpose=purpose,
        meeting=meeting,
        held_on=on,
        number=number,
        needed=needed,
        passed=passed,
        manner=manner,
        excluded_why=clean(excluded_why),
        **ballot,
    )


def _needed_votes(dossier, body, on, number, ballot):
    """How many votes a ballot needs that adds up and bears a free number."""
    with gather_refusals() as refusals:
        with refusals:
            base = check_ballot(**ballot)
        with refusals:
            require_enough_members(dossier, body, ballot["members"])
        with refusals:
            rule = _rule_of_vote(dossier, body, on)
        with refusals:
            if number or body != Body.STANDING:
                document_numbers.register_number(dossier, body, require_number(number), on)
    return rule.needed(base)


def _rule_of_vote(dossier, body, on):
    try:
        return vote_rule(dossier, body, on)
    except procedure.NoProcedure as error:
        raise Refused({"on": str(error)}) from error


def require_enough_members(dossier: Dossier, body: Body, members: int) -> None:
    """Refuse a vote of a branch that has too few official members to meet (docs/domain.md, rule 17)."""
    conditions = procedure.version_of(dossier).conditions
    least = conditions.official_members_min
    if body == Vote.Body.BRANCH and conditions.binding and members < least:
        words = _(
            "Chi bộ có %(n)d đảng viên chính thức, ít hơn %(least)d, không họp biểu quyết được: cấp ủy cấp trên"
            " tăng cường đảng viên hoặc ghép chi bộ trước."
        )
        raise Refused({"members": words % {"n": members, "least": least}})


def record_paper_made(dossier: Dossier, step: str, on: date, number: str, body: Body) -> None:
    """Whoever records a resolution or a decision has it in hand: note the paper and register its number."""
    document_numbers.register_number(dossier, body, require_number(number), on)
    note_paper_made(dossier, step, on, number)


def note_paper_made(dossier: Dossier, step: str, on: date, number: str) -> None:
    if code := procedure.version_of(dossier).paper_of(step):
        made = {"had": True, "dated_on": on, "number": clean(number)}
        Paper.objects.update_or_create(dossier=dossier, code=code, defaults=made)


def record_decision(
    dossier: Dossier, vote: tuple[Body, Vote.Purpose], *, on: date, number: str, ballot: Mapping[str, Any]
) -> None:
    """Record the deciding body's decision `number`: its paper, and its `ballot` where a meeting recorded one."""
    body, purpose = vote
    if not ballot:
        record_paper_made(dossier, STEP_OF[body, purpose], on, number, body)
        return
    with gather_refusals() as refusals:
        with refusals:
            require_number(number)
        with refusals:
            require_passed(count_vote(dossier, body, purpose, on=on, number=number, **ballot))


def vote_rule(dossier: Dossier, body: str, on: date) -> VoteRule:
    """The share for a vote of `body` on the day `on`, by the procedure that binds the dossier.

    Where an authorised base committee decides, its own share holds (docs/domain.md, 2.5).
    """
    bound = dossier.procedure
    version = procedure.get_version(bound) if bound else procedure.version_in_force(on)
    return version.vote_of(deciding_body_of(dossier.commune, on)[1] if body == Body.STANDING else body)


def require_passed(vote: Vote) -> None:
    """Refuse a ballot that fell short, unless the share itself is not certain law: then it only shows."""
    rule = vote_rule(vote.dossier, vote.body, vote.held_on)
    if not vote.passed and rule.is_certain(vote.purpose == Vote.Purpose.CONVERSION):
        words = _("%(a)d đồng ý trên %(b)d: cần ít nhất %(n)d. Nếu số đúng như vậy, ghi là không đạt.")
        raise Refused({"agree": words % {"a": vote.agree, "b": vote.base, "n": vote.needed}})


def require_failed(vote: Vote) -> None:
    if vote.passed:
        words = _("%(a)d đồng ý trên %(b)d là đủ (cần %(n)d); việc này chỉ để ghi khi không đạt.")
        raise Refused({"agree": words % {"a": vote.agree, "b": vote.base, "n": vote.needed}})
