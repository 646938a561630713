"""What looks wrong about a dossier and never blocks: said on its page, for a person to look at.

Facts of the field that are certain are refused where they are entered; what is only usual, or read in a secondary
source, is said here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import Introduction
from admissions.models import Document, Dossier, Paper, Vote
from admissions.rules import conditions, deadlines, helping
from admissions.rules.as_corrected import CORRECT, TAKE_BACK, amend_events
from admissions.rules.document_numbers import parse_number
from admissions.rules.working_days import Calendar
from admissions.states import DATES, ON_CONVERSION, PIPELINE, State
from branches.successions import describe_absence, units_after
from notation.dates import add_months, dmy, today


@dataclass(frozen=True)
class Notice:
    """One remark: its words and the part of the page it is about."""

    words: str
    where: str


def warnings_of(
    dossier: Dossier, votes: Iterable[Vote], rows: Iterable[Paper], calendar: Calendar
) -> list[Notice]:
    """The notices of `dossier`; `votes` and `rows` (its papers) are read once by the page."""
    notices = [
        *appraisal_warnings(dossier, votes, rows),
        *_unmet(dossier),
        *_ceremony(dossier, calendar),
        *_limits_not_met(dossier, calendar),
        *_numbers(votes),
        *_branch_ended(dossier),
        *_one_person_a_decision(dossier),
        *_helpers(dossier, rows),
    ]
    if dossier.reported_up:
        words = _("Đã biểu quyết %(n)d lần không đạt: báo cáo cấp ủy cấp trên xem xét, không biểu quyết nữa.")
        notices.append(Notice(words % {"n": dossier.failed_conversions}, "votes"))
    return notices


def appraisal_warnings(dossier: Dossier, votes: Iterable[Vote], rows: Iterable[Paper]) -> list[Notice]:
    """The notices that whoever decides has to know beside the conditions: papers, introducers, votes."""
    papers = {row.code: row for row in rows if row.had}
    return [
        *_papers_in_order(papers),
        *_introducers(dossier),
        *_small_branch(dossier, votes),
        *_vote_base(votes),
    ]


ORDER = (("1-KND", "2-KND"), ("2-KND", "TTLL"), ("TTLL", "5-KND"))
"""Papers that follow each other: application, CV, its vetting, the branch committee's summary.

The order is that of docs/domain.md, rule 12.
"""


def _papers_in_order(papers):
    for first, then in ORDER:
        one, other = papers.get(first), papers.get(then)
        if one and other and one.dated_on and other.dated_on and other.dated_on < one.dated_on:
            yield Notice(
                _("%(then)s ngày %(day)s trước %(first)s ngày %(before)s.")
                % {
                    "then": NAMES[then],
                    "day": dmy(other.dated_on),
                    "first": NAMES[first],
                    "before": dmy(one.dated_on),
                },
                "papers",
            )
    if "5-KND" in papers and "TTLL" not in papers:
        words = _("Chi ủy đã tổng hợp, kết luận (5-KNĐ) khi chưa có kết quả thẩm tra lý lịch.")
        yield Notice(words, "papers")


NAMES = {
    "1-KND": "1-KNĐ",
    "2-KND": "2-KNĐ",
    "3-KND": "3-KNĐ",
    "11-KND": "11-KNĐ",
    "TTLL": "kết quả thẩm tra",
    "5-KND": "5-KNĐ",
}


def _introducers(dossier):
    """Twelve months of common work, but for one who came with a certificate (docs/domain.md, rule 14)."""
    rules = procedure.version_of(dossier).conditions
    since, on = dossier.introducer_since, dossier.branch_resolved_on or dossier.applied_on
    if since and on and not dossier.moved_on and add_months(since, rules.introducer_months) > on:
        yield Notice(
            _("Người giới thiệu cùng công tác từ %(since)s, đến %(on)s chưa đủ %(n)d tháng.")
            % {"since": dmy(since), "on": dmy(on), "n": rules.introducer_months},
            "person",
        )
    if dossier.introduction == Introduction.MEMBER_YOUTH and not dossier.candidate.in_youth_union:
        yield Notice(_("Đoàn giới thiệu nhưng chưa ghi là đoàn viên."), "person")
    if dossier.introduction == Introduction.MEMBER_UNION and not dossier.candidate.in_trade_union:
        yield Notice(_("Công đoàn giới thiệu nhưng chưa ghi là đoàn viên công đoàn."), "person")


def _small_branch(dossier, votes):
    """A branch has three official members at least (Điều lệ, điều 21; docs/domain.md, rule 17)."""
    least = procedure.version_of(dossier).conditions.official_members_min
    for vote in votes:
        if vote.body == Vote.Body.BRANCH and vote.members < least:
            yield Notice(
                _("Chi bộ có %(n)d đảng viên chính thức, ít hơn %(least)d, không họp biểu quyết được.")
                % {"n": vote.members, "least": least},
                "votes",
            )


def _vote_base(votes):
    for vote in votes:
        if vote.body != Vote.Body.BRANCH and not vote.passed:
            values = {"body": vote.get_body_display(), "a": vote.agree, "b": vote.base, "n": vote.needed}
            yield Notice(_("%(body)s: đồng ý %(a)d trên %(b)d, chưa tới %(n)d.") % values, "votes")


def _unmet(dossier):
    """Conditions that were not met when the branch met, where the version only warns."""
    if dossier.branch_resolved_on and dossier.admission_date is None:
        for condition in conditions.check_conditions(dossier, dossier.branch_resolved_on):
            if condition.met is False:
                yield Notice(condition.sentence, "steps")


def _ceremony(dossier, calendar):
    """A late ceremony needs the consent of the committee directly above (docs/domain.md, rule 24)."""
    if not dossier.ceremony_on:
        return
    due = deadlines.deadline_of_clock(
        dossier, procedure.version_of(dossier).clock("ceremony"), calendar, dossier.ceremony_on
    ).due
    if due is None or dossier.ceremony_on <= due:
        return
    events = amend_events(dossier.events.filter(action__in=("ceremony", CORRECT, TAKE_BACK)))
    event = events[-1] if events else None
    if not (event and conditions.with_number_and_date(event.facts.get("consent", ""))):
        words = _("Lễ kết nạp quá hạn %(day)s mà chưa ghi văn bản đồng ý của cấp ủy cấp trên trực tiếp.")
        yield Notice(words % {"day": dmy(due)}, "steps")


COLUMNS = [day.column for day in DATES]
AFTER_DECISION = COLUMNS[COLUMNS.index("decided_on") :]
"""The dates of a dossier that only someone admitted has."""


def _limits_not_met(dossier, calendar):
    """Limits that do not run with the state, have passed and are not met: of papers, of vetting, of the member's CV.

    They warn while what they are for is still to come (docs/domain.md, 2.3).
    """
    version = procedure.version_of(dossier)
    for clock in version.clocks:
        waiting = (State.PROBATIONARY,) if clock.anchor in AFTER_DECISION else PIPELINE
        if not clock.met_by or clock.quiet or dossier.state not in waiting:
            continue
        met = deadlines.date_on_dossier(dossier, clock.met_by)
        found = deadlines.deadline_of_clock(dossier, clock, calendar, today())
        if found.due is None or (met or today()) <= found.due:
            continue
        values = {"what": clock.title, "day": dmy(found.due), "clause": clock.clause}
        if met:
            words = _("%(what)s: hết hạn %(day)s, đến %(met)s mới xong (%(clause)s).")
            values["met"] = dmy(met)
        else:
            words = _("%(what)s: hết hạn %(day)s (%(clause)s).")
        if forms := _forms_to_redo(dossier, version, clock):
            redo = _("Phải làm lại: %(forms)s.")
            words, values["forms"] = f"{words} {redo}", forms
        yield Notice(words % values, "clocks")


def _forms_to_redo(dossier, version, clock):
    codes = deadlines.codes_to_redo(dossier, clock)
    return ", ".join(paper.form for paper in version.papers if paper.code in codes)


def _branch_ended(dossier):
    """Whose the dossier is now, until it is handed over."""
    if dossier.lacks_unit:
        after = units_after(dossier.branch, today())
        words = _("Hồ sơ chưa được bàn giao.") if len(after) == 1 else _("Hồ sơ chưa có nơi nhận.")
        yield Notice(f"{describe_absence(dossier.branch, today())} {words}", "steps")


def _one_person_a_decision(dossier):
    """A decision admits or recognises one person and has a number of its own (9- and 16-KNĐ)."""
    numbers = filter(None, (dossier.decision_number, dossier.conversion_number))
    shared = Document.objects.filter(dossiers=dossier, number__in=numbers).prefetch_related(
        Prefetch("dossiers", Dossier.objects.exclude(pk=dossier.pk).select_related("candidate"), "others")
    )
    for document in shared:
        if document.others:
            names = ", ".join(f"{row.candidate.full_name} ({row.number})" for row in document.others)
            words = _("Quyết định %(number)s còn ghi cho %(names)s; mỗi người một quyết định, một số riêng.")
            yield Notice(words % {"number": document.number, "names": names}, "steps")


def _helpers(dossier, rows):
    """The introduction and the helper's paper rest on remarks (docs/domain.md, 2.6); never a reason to stop."""
    if dossier.state not in (*PIPELINE, *ON_CONVERSION):
        return
    waits = {"3-KND": PIPELINE, "11-KND": ON_CONVERSION}
    written = [row for row in rows if row.had and dossier.state in waits.get(row.code, ())]
    events = list(dossier.events.filter(action__in=helping.READ))
    remarks = helping.remarks_of(events)
    since = dossier.ceremony_on if dossier.state in ON_CONVERSION else dossier.listed_on
    for row in written:
        if not any(since is None or remark.on >= since for remark in remarks):
            words = _("%(form)s đã ghi mà chưa có nhận xét nào của người giúp đỡ từ %(day)s.")
            yield Notice(words % {"form": NAMES[row.code], "day": dmy(since)}, "helpers")
    for former in helping.former_without_remark(helping.helpers_over_time(dossier, events), remarks):
        words = _("Đ/c %(name)s giúp đỡ đến %(day)s, chưa có nhận xét khi thôi giúp đỡ.")
        yield Notice(words % {"name": former.name, "day": dmy(former.until)}, "helpers")


def _numbers(votes):
    for vote in votes:
        if not parse_number(vote.number):
            words = _("Số “%(number)s” không theo mẫu 01-NQ/CB nên không vào sổ văn bản.")
            yield Notice(words % {"number": vote.number}, "votes")
