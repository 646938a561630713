"""The one door: every change of a dossier goes through here and leaves an event.

`perform` moves a dossier by compare-and-swap on its version, so that a second click, or a second person, changes
nothing. `why_not` answers in words for the person who asks; it draws the buttons and refuses the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission as P
from admissions import acts, papers, procedure
from admissions.models import Dossier, Event, Paper, Register
from admissions.models.dossier import Introduction
from admissions.refusal import Refused, Stale
from admissions.states import ADMITTED, IN_ORDER, PIPELINE
from admissions.states import State as S
from branches.dates import now, today
from branches.vietnamese import clean, fold


@dataclass(frozen=True)
class Act:
    """One transition: what the button says, from which states, who may, and what it does.

    `blocked` answers in words why this dossier cannot take the act now, or None.
    """

    label: str | Promise
    sources: tuple
    permission: P
    apply: Callable
    blocked: Callable = lambda dossier: None
    main: bool = True


def _papers_lacking(dossier):
    missing = papers.lacking(dossier, "branch", "board")
    if missing:
        return _("thiếu %(n)d giấy tờ (%(which)s)") % {
            "n": len(missing),
            "which": ", ".join(r.paper.form for r in missing),
        }


def _goes_through_base(dossier):
    if dossier.branch.is_base_branch:
        return _("chi bộ cơ sở gửi nghị quyết thẳng lên cấp trên, không qua đảng ủy cơ sở")


def _may_be_received(dossier):
    if dossier.state == S.RESOLVED and not dossier.branch.is_base_branch:
        return _("chưa có nghị quyết của đảng ủy cơ sở")


def _handed_over(dossier):
    if dossier.decision_received_on:
        return _("đã ghi ngày chi bộ nhận quyết định")


def _failed_thrice(dossier):
    failed = dossier.votes.filter(purpose="conversion", passed=False).count()
    if failed >= procedure.of(dossier).conversion_votes:
        return _("chi bộ đã biểu quyết %(n)d lần không đạt; báo cáo cấp trên xem xét") % {"n": failed}


ACTS = {
    "apply": Act(_l("Ghi đơn xin vào Đảng"), (S.LISTED,), P.ENTER, acts.apply),
    "branch_agrees": Act(_l("Ghi chi bộ đồng ý"), (S.PREPARING,), P.BRANCH_WORK, acts.branch_agrees),
    "branch_declines": Act(
        _l("Chi bộ không đủ hai phần ba"), (S.PREPARING,), P.BRANCH_WORK, acts.branch_declines, main=False
    ),
    "base_agrees": Act(
        _l("Ghi đảng ủy cơ sở đề nghị"), (S.RESOLVED,), P.BASE_WORK, acts.base_agrees, _goes_through_base
    ),
    "base_declines": Act(
        _l("Đảng ủy cơ sở không đề nghị"),
        (S.RESOLVED,),
        P.BASE_WORK,
        acts.base_declines,
        _goes_through_base,
        main=False,
    ),
    "receive": Act(
        _l("Nhận hồ sơ để thẩm định"),
        (S.PROPOSED, S.RETURNED, S.RESOLVED),
        P.APPRAISE,
        acts.receive,
        _may_be_received,
    ),
    "put_forward": Act(_l("Đề nghị kết nạp"), (S.APPRAISAL,), P.APPRAISE, acts.put_forward, _papers_lacking),
    "give_back": Act(_l("Trả lại để bổ sung"), (S.APPRAISAL,), P.APPRAISE, acts.give_back, main=False),
    "hold": Act(_l("Để lại chờ thẩm tra"), (S.APPRAISAL,), P.APPRAISE, acts.hold, main=False),
    "resume": Act(_l("Thẩm định tiếp"), (S.HELD,), P.APPRAISE, acts.resume),
    "decide": Act(_l("Ghi quyết định kết nạp"), (S.AWAITING,), P.DECIDE, acts.decide),
    "refuse": Act(
        pgettext_lazy("act", "Không kết nạp"),
        (S.APPRAISAL, S.HELD, S.AWAITING),
        P.DECIDE,
        acts.refuse,
        main=False,
    ),
    "ceremony": Act(_l("Ghi lễ kết nạp"), (S.DECIDED,), P.BRANCH_WORK, acts.ceremony),
    "hand_over": Act(
        _l("Ghi ngày chi bộ nhận quyết định"),
        (S.DECIDED,),
        P.BRANCH_WORK,
        acts.hand_over,
        _handed_over,
        main=False,
    ),
    "conversion_agreed": Act(
        _l("Ghi chi bộ công nhận chính thức"),
        (S.PROBATIONARY,),
        P.BRANCH_WORK,
        acts.conversion_agreed,
        _failed_thrice,
    ),
    "conversion_failed": Act(
        _l("Chi bộ chưa công nhận"),
        (S.PROBATIONARY,),
        P.BRANCH_WORK,
        acts.conversion_failed,
        _failed_thrice,
        main=False,
    ),
    "convert": Act(_l("Ghi quyết định công nhận chính thức"), (S.CONVERTING,), P.DECIDE, acts.convert),
    "withdraw": Act(
        pgettext_lazy("act", "Đưa ra khỏi danh sách"), PIPELINE, P.ENTER, acts.withdraw, main=False
    ),
    "relist": Act(_l("Đưa lại vào danh sách cảm tình Đảng"), (S.REFUSED, S.WITHDRAWN), P.ENTER, acts.relist),
    "annul": Act(pgettext_lazy("act", "Hủy quyết định kết nạp"), ADMITTED, P.ANNUL, acts.annul, main=False),
}
"""The transition table, in the order of the procedure; `main` acts lead on, the others are ways round and out."""


def why_not(dossier, action, user):
    """Why `user` cannot perform `action` on `dossier` now, as a clause in the user's language; None when they can."""
    act = ACTS[action]
    if dossier.state not in act.sources:
        return _("hồ sơ đang ở trạng thái “%(state)s”") % {"state": dossier.state_words}
    if not user.may(act.permission, dossier.branch):
        return _("việc này do người có quyền %(right)s ghi") % {"right": act.permission.label}
    return act.blocked(dossier)


def open_to(dossier, user):
    """The acts that the dossier's state and the user's posts leave open, as {action: why_not}, in table order."""
    return {
        action: why_not(dossier, action, user)
        for action, act in ACTS.items()
        if dossier.state in act.sources and user.may(act.permission, dossier.branch)
    }


def perform(dossier, action, *, by, at=None, **facts):
    """Perform `action` on `dossier` and return its event; `dossier` carries the new state afterwards.

    `facts` are what the act asks for (see `acts`), `at` the moment of recording where it is not now.
    Raises `Refused` with sentences by field, or `Stale` when the dossier changed since it was read; in both
    cases nothing is written and `dossier` is to be read again.
    """
    reason = why_not(dossier, action, by)
    if reason:
        raise Refused(_("Chưa ghi được: %(reason)s.") % {"reason": reason})
    with transaction.atomic():
        before = dossier.state
        kept = _columns(dossier)
        dossier.state = ACTS[action].apply(dossier, **facts)
        if dossier.state != before:
            dossier.state_since = facts["on"]
        changed = {column: value for column, value in _columns(dossier).items() if kept[column] != value}
        return _write(dossier, action, changed, before, by=by, at=at, facts=facts)


def _columns(dossier):
    return {f.attname: getattr(dossier, f.attname) for f in dossier._meta.concrete_fields}


def _write(dossier, action, changed, before, *, by, at, facts):
    """Swap the version and the changed columns, and write the event that tells of it."""
    rows = Dossier.objects.filter(pk=dossier.pk, version=dossier.version)
    if not rows.update(version=F("version") + 1, **changed):
        raise Stale(_("Hồ sơ vừa có người ghi thêm. Chưa lưu gì; hãy xem lại rồi ghi tiếp."))
    dossier.version += 1
    return Event.objects.create(
        dossier=dossier,
        no=dossier.version,
        action=action,
        from_state=before,
        to_state=dossier.state,
        on=facts["on"],
        at=at or now(),
        by=by,
        facts={key: value for key, value in facts.items() if key != "on" and value not in ("", None)},
    )


# Entering and correcting


def enter(candidate, dossier, *, by, resolution="", at=None, number=None):
    """Put a person on the source list: save `candidate`, give `dossier` a number, write the first event.

    `number` is (year, serial) for a dossier that has one from a paper register; otherwise the next of the year
    in which the candidate was listed. Raises `Refused`.
    """
    if not by.may(P.ENTER, dossier.branch):
        raise Refused(
            {"branch": _("%(unit)s ở ngoài phạm vi của đồng chí.") % {"unit": dossier.branch.title}}
        )
    check_entry(candidate, dossier)
    on = dossier.listed_on
    with transaction.atomic():
        _save_person(candidate)
        dossier.candidate = candidate
        dossier.commune = commune_of(dossier.branch)
        dossier.year, dossier.serial = _number(on.year, number)
        dossier.state, dossier.state_since, dossier.version = S.LISTED, on, 0
        dossier.save()
        _write(dossier, "enter", {}, "", by=by, at=at, facts={"on": on, "number": clean(resolution)})
    return dossier


def _save_person(candidate):
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as error:
        raise Refused({"citizen_id": _("Số này đã ghi cho một người khác trong sổ của huyện.")}) from error


def commune_of(branch):
    """The base organisation of a branch: itself, its parent, or the parent of its section."""
    unit = branch
    while unit.tier != "base":
        unit = unit.parent
    return unit


def _number(year, given):
    """The next number of the year's register, or the one given, which the register then starts from."""
    year, serial = given or (year, None)
    Register.objects.get_or_create(year=year)
    last = Register.objects.filter(year=year)
    last.update(last=Greatest(F("last"), serial) if serial else F("last") + 1)
    return year, serial or last.get().last


def check_entry(candidate, dossier):
    """What holds for any dossier: real dates, a branch that exists that day, introducers who are two people."""
    wrong = {}
    if dossier.listed_on > today():
        wrong["listed_on"] = _("%(day)s chưa tới.") % {"day": f"{dossier.listed_on:%d/%m/%Y}"}
    elif candidate.born_on >= dossier.listed_on:
        wrong["born_on"] = _("Ngày sinh phải trước ngày vào danh sách.")
    ended = dossier.branch.valid_to
    if not dossier.branch.is_branch or (ended and ended < dossier.listed_on):
        wrong["branch"] = _("%(unit)s không phải là chi bộ có vào ngày này.") % {"unit": dossier.branch.title}
    introducer, second = fold(dossier.introducer), fold(dossier.second_introducer)
    if fold(candidate.full_name) in (introducer, second):
        wrong["introducer"] = _("Không tự giới thiệu mình được.")
    if dossier.introduction == Introduction.TWO_MEMBERS and not second:
        wrong["second_introducer"] = _("Cần người giới thiệu thứ hai.")
    elif introducer == second:
        wrong["second_introducer"] = _("Trùng với người thứ nhất.")
    if wrong:
        raise Refused(wrong)


def edit(candidate, dossier, *, by, changed, at=None):
    """Save corrections of the person and of the dossier's own particulars; `changed` is {field: [before, after]}.

    What was frozen at admission stays as it was. The branch and the listing date of a decided dossier are not
    touched here. Raises `Refused` or `Stale`.
    """
    if not by.may(P.ENTER, dossier.branch):
        raise Refused(_("Chưa ghi được: việc này do người có quyền ghi hồ sơ làm."))
    check_entry(candidate, dossier)
    later = [day for column in IN_ORDER[1:] if (day := getattr(dossier, column))]
    if later and min(later) < dossier.listed_on:
        raise Refused(
            {"listed_on": _("Đã có việc ngày %(day)s trước ngày này.") % {"day": f"{min(later):%d/%m/%Y}"}}
        )
    dossier.commune = commune_of(dossier.branch)
    with transaction.atomic():
        _save_person(candidate)
        columns = {name: value for name, value in _columns(dossier).items() if name in EDITABLE}
        facts = {"on": today(), "fields": changed}
        return _write(dossier, "edit", columns, dossier.state, by=by, at=at, facts=facts)


EDITABLE = {
    *("branch_id", "commune_id", "readmission", "introduction", "introducer", "second_introducer", "helper"),
    *("kept_at", "listed_on"),
}


def record_papers(dossier, rows, *, by, on=None, at=None):
    """Record which papers are there, as of `on` (today). `rows` is {code: {"had", "number", "dated_on", "note"}}.

    The certificate's date becomes the dossier's `certified_on`. Raises `Refused` or `Stale`.
    """
    if not by.may(P.ENTER, dossier.branch):
        raise Refused(_("Chưa ghi được: việc này do người có quyền ghi hồ sơ làm."))
    wrong = {
        code: _("%(day)s chưa tới.") % {"day": f"{row['dated_on']:%d/%m/%Y}"}
        for code, row in rows.items()
        if row.get("dated_on") and row["dated_on"] > today()
    }
    certificate = rows.get(procedure.CERTIFICATE)
    if certificate and certificate["had"] and not certificate["dated_on"]:
        wrong[procedure.CERTIFICATE] = _("Cần ngày cấp để tính thời gian còn giá trị.")
    if wrong:
        raise Refused(wrong)
    with transaction.atomic():
        Paper.objects.bulk_create(
            [Paper(dossier=dossier, code=code, **row) for code, row in rows.items()],
            update_conflicts=True,
            unique_fields=["dossier", "code"],
            update_fields=["had", "number", "dated_on", "note"],
        )
        if certificate:
            dossier.certified_on = certificate["dated_on"] if certificate["had"] else None
        facts = {"on": on or today(), "papers": sorted(rows)}
        columns = {"certified_on": dossier.certified_on}
        return _write(dossier, "papers", columns, dossier.state, by=by, at=at, facts=facts)


def reveal_citizen_id(dossier, *, by):
    """The identity number in clear; that it was shown, and to whom, is an event."""
    _write(dossier, "reveal", {}, dossier.state, by=by, at=None, facts={"on": today()})
    return dossier.candidate.citizen_id
