"""What each act does to a dossier. Only `workflow` calls these, inside its transaction.

An act takes the dossier and the facts the person entered, checks them, sets columns, and returns the state that
follows. It raises `Refused` with a sentence for each field that is wrong; the caller undoes everything.
"""

from django.utils.translation import gettext as _

from admissions import conditions, procedure
from admissions.models import Paper, Vote
from admissions.models.dossier import AnnulmentKind
from admissions.refusal import Refused
from admissions.states import State
from branches.dates import add_months, today
from branches.vietnamese import clean

SEQUENCE = (
    "listed_on",
    "applied_on",
    "branch_resolved_on",
    "base_resolved_on",
    "received_on",
    "put_forward_on",
    "decided_on",
    "decision_received_on",
    "ceremony_on",
    "conversion_resolved_on",
    "conversion_decided_on",
)
"""The order in which a dossier's dates follow each other (domain rule 19)."""


def set_date(dossier, column, day, field="on"):
    """Set a date after checking that it is not in the future and not out of order with the others."""
    if day > today():
        raise Refused({field: _("%(day)s chưa tới; hôm nay là %(today)s.") % _days(day=day, today=today())})
    place = SEQUENCE.index(column)
    for other in SEQUENCE[:place]:
        earlier = getattr(dossier, other)
        if earlier and day < earlier:
            raise Refused({field: _before(day, dossier, other, earlier)})
    setattr(dossier, column, day)


def _days(**days):
    return {key: f"{day:%d/%m/%Y}" for key, day in days.items()}


def _before(day, dossier, column, earlier):
    what = dossier._meta.get_field(column).verbose_name
    return _("%(day)s trước ngày %(earlier)s (%(what)s); kiểm lại một trong hai ngày.") % {
        "what": what,
        **_days(day=day, earlier=earlier),
    }


def _numbered(number, field="number"):
    number = clean(number)
    if not number:
        raise Refused({field: _("Cần số của văn bản.")})
    return number


def _reason(reason):
    if not clean(reason):
        raise Refused({"reason": _("Cần ghi lý do.")})


# Votes


def count_vote(dossier, body, purpose, *, on, number, members, present, agree, disagree, excluded=0):
    """Check the identities of a ballot (domain rule 16) and record it with what it needed and whether it passed."""
    base = members - excluded
    if base <= 0:
        raise Refused(
            {"excluded": _("%(e)d được trừ thì không còn ai trong %(m)d.") % {"e": excluded, "m": members}}
        )
    if present > base:
        raise Refused({"present": _("%(p)d có mặt > %(b)d được tính.") % {"p": present, "b": base}})
    if agree + disagree > present:
        raise Refused(
            {
                "agree": _("%(a)d + %(d)d = %(sum)d > %(p)d có mặt.")
                % {"a": agree, "d": disagree, "sum": agree + disagree, "p": present}
            }
        )
    needed = _rule(dossier, body).needed(base)
    _paper_made(dossier, STEP_OF[body, purpose], on, _numbered(number))
    return Vote.objects.create(
        dossier=dossier,
        body=body,
        purpose=purpose,
        held_on=on,
        number=_numbered(number),
        members=members,
        excluded=excluded,
        present=present,
        agree=agree,
        disagree=disagree,
        needed=needed,
        passed=agree >= needed,
    )


STEP_OF = {
    (Vote.Body.BRANCH, Vote.Purpose.ADMISSION): "branch",
    (Vote.Body.BASE, Vote.Purpose.ADMISSION): "base",
    (Vote.Body.BRANCH, Vote.Purpose.CONVERSION): "probation",
}
"""The step of the procedure at which each ballot is held."""


def _paper_made(dossier, step, on, number):
    """Whoever records a resolution or a decision has it in hand: note the paper that the step makes."""
    code = procedure.of(dossier).paper_of(step)
    if code:
        made = {"had": True, "dated_on": on, "number": number}
        Paper.objects.update_or_create(dossier=dossier, code=code, defaults=made)


def _rule(dossier, body):
    return procedure.of(dossier).votes[body]


def _must_pass(vote):
    """Refuse a ballot that fell short, unless the share itself is not certain law: then it only shows."""
    if not vote.passed and _rule(vote.dossier, vote.body).confidence == "verified":
        raise Refused(
            {
                "agree": _(
                    "%(a)d đồng ý trên %(b)d: cần ít nhất %(n)d. Nếu số đúng như vậy, ghi là không đạt."
                )
                % {"a": vote.agree, "b": vote.base, "n": vote.needed}
            }
        )


def _must_fail(vote):
    if vote.passed:
        raise Refused(
            {
                "agree": _("%(a)d đồng ý trên %(b)d là đủ (cần %(n)d); việc này chỉ để ghi khi không đạt.")
                % {"a": vote.agree, "b": vote.base, "n": vote.needed}
            }
        )


# From the list to the resolution of the base committee


def apply(dossier, *, on):
    """The candidate hands in the application (1-KNĐ) and work on the dossier begins."""
    set_date(dossier, "applied_on", on)
    return State.PREPARING


def _branch_stands(dossier, on):
    if not dossier.branch.exists_on(on):
        raise Refused({"on": _("%(unit)s không có vào ngày này.") % {"unit": dossier.branch.title}})


def _branch_meets(dossier, on, consent):
    set_date(dossier, "branch_resolved_on", on)
    try:
        dossier.procedure = procedure.in_force(on).key
    except procedure.NoProcedure as error:
        raise Refused({"on": str(error)}) from error
    blocking = [c.sentence for c in conditions.of(dossier, on, consent=clean(consent)) if c.blocks]
    if blocking:
        raise Refused({"on": blocking})


def branch_agrees(dossier, *, on, consent="", **ballot):
    """The branch proposes admission by two thirds of its official members; binds the procedure in force that day."""
    _branch_meets(dossier, on, consent)
    _must_pass(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.RESOLVED


def branch_declines(dossier, *, on, consent="", **ballot):
    """The branch's vote fell short; the dossier stops here."""
    _branch_meets(dossier, on, consent)
    _must_fail(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED


def base_agrees(dossier, *, on, **ballot):
    """The base committee proposes admission to the district."""
    set_date(dossier, "base_resolved_on", on)
    _must_pass(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.PROPOSED


def base_declines(dossier, *, on, **ballot):
    set_date(dossier, "base_resolved_on", on)
    _must_fail(count_vote(dossier, Vote.Body.BASE, Vote.Purpose.ADMISSION, on=on, **ballot))
    return State.REFUSED


# The organisation board and the standing committee


def receive(dossier, *, on):
    """The organisation board receives the dossier, the first time or after a return."""
    if dossier.received_on and on < dossier.state_since:
        raise Refused(
            {"on": _("%(day)s trước ngày trả lại %(back)s.") % _days(day=on, back=dossier.state_since)}
        )
    set_date(dossier, "received_on", on)
    return State.APPRAISAL


def _since_last(dossier, on):
    if on > today():
        raise Refused({"on": _("%(day)s chưa tới; hôm nay là %(today)s.") % _days(day=on, today=today())})
    if on < dossier.state_since:
        raise Refused(
            {
                "on": _("%(day)s trước ngày %(since)s (%(state)s).")
                % {"state": dossier.state_words, **_days(day=on, since=dossier.state_since)}
            }
        )


def give_back(dossier, *, on, reason):
    """Return for completion: no refusal, the resolutions stand, the return is counted (domain rule 20)."""
    _since_last(dossier, on)
    _reason(reason)
    dossier.returns += 1
    return State.RETURNED


def hold(dossier, *, on, reason):
    _since_last(dossier, on)
    _reason(reason)
    return State.HELD


def resume(dossier, *, on):
    _since_last(dossier, on)
    return State.APPRAISAL


def put_forward(dossier, *, on):
    """The board proposes admission to the standing committee."""
    _since_last(dossier, on)
    set_date(dossier, "put_forward_on", on)
    return State.AWAITING


def decide(dossier, *, on, number):
    """The standing committee's decision (9-KNĐ): from this day party age runs, and the figures are fixed."""
    set_date(dossier, "decided_on", on)
    _branch_stands(dossier, on)
    dossier.decision_number = _numbered(number)
    _paper_made(dossier, "decision", on, dossier.decision_number)
    _freeze(dossier)
    return State.DECIDED


def _freeze(dossier):
    person, branch, day = dossier.candidate, dossier.branch, dossier.decided_on
    had_birthday = (day.month, day.day) >= (person.born_on.month, person.born_on.day)
    dossier.admitted_branch = branch
    dossier.admitted_commune = dossier.commune
    dossier.admitted_rural = branch.rural
    dossier.admitted_sex = person.sex
    dossier.admitted_age = day.year - person.born_on.year - (not had_birthday)
    dossier.admitted_minority = person.ethnicity.minority
    dossier.admitted_religious = person.religion.follower
    dossier.admitted_youth = person.in_youth_union
    dossier.admitted_owner = person.business_owner
    dossier.admitted_policy_breach = person.family_policy_breach
    dossier.admitted_foreign_spouse = person.foreign_spouse
    dossier.admitted_again = dossier.readmission
    dossier.admitted_occupation = person.occupation
    dossier.admitted_education = person.education
    dossier.admitted_qualification = person.qualification
    dossier.admitted_title = person.academic_title


def refuse(dossier, *, on, reason):
    """The competent body does not admit."""
    _since_last(dossier, on)
    _reason(reason)
    return State.REFUSED


# After the decision


def hand_over(dossier, *, on):
    """The branch receives the decision; the ceremony's clock starts here under the procedures that say so."""
    set_date(dossier, "decision_received_on", on)
    return State.DECIDED


def ceremony(dossier, *, on):
    """The ceremony: probation runs from this day for as long as the procedure says."""
    set_date(dossier, "ceremony_on", on)
    dossier.probation_ends_on = add_months(on, procedure.of(dossier).clock("probation").length)
    return State.PROBATIONARY


def _branch_reviews(dossier, on):
    set_date(dossier, "conversion_resolved_on", on)
    if on < dossier.probation_ends_on:
        raise Refused(
            {"on": _("Thời gian dự bị đến %(end)s mới hết.") % _days(end=dossier.probation_ends_on)}
        )


def conversion_agreed(dossier, *, on, **ballot):
    """The branch agrees to official membership."""
    _branch_reviews(dossier, on)
    _must_pass(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    return State.CONVERTING


def conversion_failed(dossier, *, on, **ballot):
    """The branch's vote on conversion fell short; the person stays on probation and may be voted on again."""
    _branch_reviews(dossier, on)
    _must_fail(count_vote(dossier, Vote.Body.BRANCH, Vote.Purpose.CONVERSION, on=on, **ballot))
    dossier.conversion_resolved_on = None
    return State.PROBATIONARY


def convert(dossier, *, on, number):
    """Recognition as official member, from the very end of probation even when decided later (domain rule 26)."""
    set_date(dossier, "conversion_decided_on", on)
    dossier.conversion_number = _numbered(number)
    _paper_made(dossier, "conversion", on, dossier.conversion_number)
    dossier.official_on = dossier.probation_ends_on
    return State.OFFICIAL


# Ways out, and back


def withdraw(dossier, *, on, reason):
    """Off the list: the candidate withdrew, moved away, or no longer qualifies."""
    _since_last(dossier, on)
    _reason(reason)
    return State.WITHDRAWN


ROUND = ("applied_on", "branch_resolved_on", "base_resolved_on", "received_on", "put_forward_on")
"""What a new round starts without; the old round stays in the events, the votes and their resolutions."""


def relist(dossier, *, on):
    """Back on the source list; a new round begins, under whatever procedure its branch meeting will find."""
    _since_last(dossier, on)
    for column in ROUND:
        setattr(dossier, column, None)
    dossier.listed_on, dossier.procedure, dossier.returns = on, "", 0
    dossier.papers.exclude(code=procedure.CERTIFICATE).update(had=False, note=_("của lần trước"))
    return State.LISTED


def annul(dossier, *, on, kind, number, reason):
    """The decision is annulled; the record stays with its kind (domain rule 29)."""
    _since_last(dossier, on)
    _reason(reason)
    if kind not in AnnulmentKind.values:
        raise Refused({"kind": _("Chọn lý do hủy.")})
    _numbered(number)
    dossier.annulled_on, dossier.annulment_kind = on, kind
    return State.ANNULLED
