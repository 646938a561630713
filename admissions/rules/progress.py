"""The dossier's way through the steps of its procedure, each with its day and how it was done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import Introduction
from admissions.models import Dossier, Paper, Vote
from admissions.procedure.spec import PaperRule, Step, Version
from admissions.procedure.text import Text
from admissions.procedure.vocabulary import WHEN
from admissions.rules.required_papers import lacking_papers
from admissions.states import ENDED
from notation.births import tell_age
from notation.dates import add_months, dmy


@dataclass(frozen=True)
class StepLine:
    """One step on the page: `state` is "done", "here" or "todo"; `lacking` is its paper that is not there."""

    no: int
    step: Step
    state: str
    on: object
    title: Text | str
    how: Text | str
    lacking: PaperRule | None = None

    @property
    def mark(self) -> str:
        if self.state != "done":
            return "wait"
        return "half" if self.lacking else "done"


def steps_of(
    dossier: Dossier, version: Version, votes: Iterable[Vote], papers: Iterable[Paper]
) -> list[StepLine]:
    """The steps of `version` for `dossier`; `votes` and `papers` are its rows, read once by the page.

    A step whose condition does not hold is left out, and so is an optional one that was passed over unrecorded.
    """
    rows = {row.code: row for row in papers if row.had}
    ballots = {(vote.body, vote.purpose): vote for vote in votes}
    lacking = {r.paper.code: r.paper for r in lacking_papers(dossier)}
    days = [(step, _day_of(dossier, step, rows)) for step in version.steps]
    days = [(step, on) for step, on in days if on or WHEN[step.when].applies(dossier)]
    done_through = max((n for n, (step, on) in enumerate(days) if step.date and on), default=-1)
    steps = [(step, on, n < done_through) for n, (step, on) in enumerate(days)]
    lines, here = [], dossier.state not in ENDED
    for n, (step, on, passed) in enumerate(
        row for row in steps if row[1] or not (row[0].optional and row[2])
    ):
        state = "done" if on or passed else "here" if here and not step.optional else "todo"
        if state == "here":
            here = False
        title, how = (
            TELL.get(step.key, _nothing)(dossier, step, rows, ballots) if state == "done" else ("", "")
        )
        if step.key == "appraisal" and dossier.received_on:
            how = _appraisal(dossier)
        paper = lacking.get(step.paper) if state == "done" else None
        lines.append(StepLine(n + 1, step, state, on, title or step.title, how or step.note, paper))
    return lines


def _day_of(dossier, step, rows):
    """The day that the step was done on, None while it is not recorded."""
    if step.date:
        return dossier.admission_date if step.date == "decided_on" else getattr(dossier, step.date)
    row = rows.get(step.paper)
    return row.dated_on if row else None


def _nothing(dossier, step, rows, ballots):
    return "", ""


def _numbered(rows, code):
    row = rows.get(code)
    return row.number if row else ""


def _listing(dossier, step, rows, ballots):
    return "", _("Phân công đ/c %(helper)s giúp đỡ") % {"helper": dossier.helper}


def _class(dossier, step, rows, ballots):
    if dossier.certified_on is None:
        return "", _("Chưa ghi giấy chứng nhận")
    until = add_months(dossier.certified_on, procedure.version_of(dossier).conditions.certificate_months)
    number = _numbered(rows, procedure.CERTIFICATE)
    if not number:
        return "", _("GCN chưa ghi số; còn giá trị đến %(until)s") % {"until": dmy(until)}
    return "", _("GCN %(number)s; còn giá trị đến %(until)s") % {"number": number, "until": dmy(until)}


def _introduction(dossier, step, rows, ballots):
    if dossier.introduction == Introduction.TWO_MEMBERS:
        return "", _("Đ/c %(first)s và đ/c %(second)s (3-KNĐ)") % {
            "first": dossier.introducer,
            "second": dossier.second_introducer,
        }
    by = _("Đoàn (4-KNĐ)") if dossier.introduction == Introduction.MEMBER_YOUTH else _("Công đoàn (4A-KNĐ)")
    return "", _("Đ/c %(first)s (3-KNĐ) và %(by)s") % {"first": dossier.introducer, "by": by}


def _ballot(vote, ok, failed):
    words = {"a": vote.agree, "b": vote.base}
    return (ok if vote.passed else failed) % words, _("Nghị quyết %(number)s") % {"number": vote.number}


def _branch(dossier, step, rows, ballots):
    vote = ballots.get((Vote.Body.BRANCH, Vote.Purpose.ADMISSION))
    if vote is None:
        return "", ""
    title, how = _ballot(
        vote,
        _("Chi bộ xét: đồng ý %(a)d/%(b)d, đạt hai phần ba"),
        _("Chi bộ xét: đồng ý %(a)d/%(b)d, chưa đạt"),
    )
    age = _("Tuổi khi chi bộ xét: %(age)s") % {"age": tell_age(dossier.candidate.birth, vote.held_on)}
    return title, f"{how}. {age}"


def _base(dossier, step, rows, ballots):
    vote = ballots.get((Vote.Body.BASE, Vote.Purpose.ADMISSION))
    if vote is None:
        return "", ""
    return _ballot(vote, _("Đảng ủy cơ sở xét: đề nghị %(a)d/%(b)d"), _("Đảng ủy cơ sở xét: %(a)d/%(b)d"))


def _appraisal(dossier):
    words = _("Nhận hồ sơ %(day)s") % {"day": dmy(dossier.received_on)}
    if dossier.returns:
        words += "; " + _("đã trả lại %(n)d lần") % {"n": dossier.returns}
    return words


def _decision(dossier, step, rows, ballots):
    words = _("Quyết định %(number)s; tuổi Đảng tính từ ngày này") % {"number": dossier.admission_number}
    if dossier.elsewhere_on:
        words += "; " + _("nơi ký: %(place)s, không tính vào số kết nạp ở đây") % {
            "place": dossier.elsewhere_by
        }
    return "", words


def _ceremony(dossier, step, rows, ballots):
    if not dossier.decision_received_on:
        return "", ""
    return "", _("Chi bộ nhận quyết định %(day)s") % {"day": dmy(dossier.decision_received_on)}


def _probation(dossier, step, rows, ballots):
    vote = ballots.get((Vote.Body.BRANCH, Vote.Purpose.CONVERSION))
    ended = _("Hết 12 tháng ngày %(day)s") % {"day": dmy(dossier.probation_ends_on)}
    if vote is None:
        return "", ended
    title, how = _ballot(
        vote, _("Chi bộ công nhận: đồng ý %(a)d/%(b)d"), _("Chi bộ chưa công nhận: %(a)d/%(b)d")
    )
    return title, f"{ended}. {how}"


def _conversion_base(dossier, step, rows, ballots):
    vote = ballots.get((Vote.Body.BASE, Vote.Purpose.CONVERSION))
    if vote is None:
        return "", ""
    return _ballot(
        vote, _("Đảng ủy cơ sở đề nghị công nhận: %(a)d/%(b)d"), _("Đảng ủy cơ sở xét: %(a)d/%(b)d")
    )


def _conversion(dossier, step, rows, ballots):
    return "", _("Quyết định %(number)s; chính thức từ %(day)s") % {
        "number": dossier.conversion_number,
        "day": dmy(dossier.official_on),
    }


TELL = {
    "listing": _listing,
    "class": _class,
    "introduction": _introduction,
    "branch": _branch,
    "base": _base,
    "decision": _decision,
    "ceremony": _ceremony,
    "probation": _probation,
    "conversion_base": _conversion_base,
    "conversion": _conversion,
}
"""How each step tells what happened; a step that is not here says what the procedure says of it."""
