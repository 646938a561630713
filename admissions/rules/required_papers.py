"""Completeness: which papers the procedure asks of a dossier, which are there, which do not apply and why."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from admissions import procedure
from admissions.models import Paper
from admissions.models.dossier import Introduction
from branches.models import Tier

WHEN = {
    "always": (lambda dossier: True, ""),
    "section": (lambda dossier: _in_section(dossier), _("không có đảng ủy bộ phận")),
    "base_committee": (
        lambda dossier: not dossier.branch.is_base_branch,
        _("chi bộ cơ sở gửi thẳng cấp trên"),
    ),
    "intro_two_members": (lambda dossier: dossier.introduction == Introduction.TWO_MEMBERS, ""),
    "intro_member_youth": (lambda dossier: dossier.introduction == Introduction.MEMBER_YOUTH, ""),
    "intro_member_union": (lambda dossier: dossier.introduction == Introduction.MEMBER_UNION, ""),
}
"""The conditions that a procedure file may name under `when`, and why a paper is not asked for without them."""


def _in_section(dossier):
    parent = dossier.branch.parent
    return parent is not None and parent.tier == Tier.SECTION


PHASES = {
    "branch": _("Để chi bộ họp xét"),
    "board": _("Để gửi lên Ban Tổ chức"),
    "close": _("Để kết thúc việc kết nạp"),
    "conversion": _("Để công nhận chính thức"),
}
"""What the papers of each phase are needed for."""


@dataclass(frozen=True)
class Requirement:
    """One paper of the procedure for one dossier; `why_not` says why it does not apply, `row` what is recorded."""

    paper: object
    row: Paper | None
    why_not: str

    @property
    def applies(self):
        return not self.why_not

    @property
    def had(self):
        return self.row is not None and self.row.had

    @property
    def lacking(self):
        return self.applies and not self.had

    @property
    def mark(self):
        return "ok" if self.had else "lack" if self.applies else "na"


def of(dossier, *phases):
    """The papers of `phases` ("branch", "board", "close", "conversion"; all when none is named), in their order.

    Papers of another way of being introduced are left out; one that does not apply here stays, with its reason.
    """
    rows = {row.code: row for row in dossier.papers.all()}
    wanted = []
    for paper in procedure.of(dossier).papers:
        applies, reason = WHEN[paper.when]
        if (phases and paper.phase not in phases) or not (reason or applies(dossier)):
            continue
        wanted.append(Requirement(paper, rows.get(paper.code), "" if applies(dossier) else reason))
    return wanted


def lacking(dossier, *phases):
    """The required papers of `phases` that are not there."""
    return [r for r in of(dossier, *phases) if r.lacking]


def count(requirements):
    """How many of the papers that apply are there, and how many apply: the "8 / 9" of the page."""
    return sum(r.had for r in requirements if r.applies), sum(r.applies for r in requirements)


@dataclass(frozen=True)
class Phase:
    """The papers of one phase, those that are lacking first, and how many of those that apply are there."""

    key: str
    title: str
    requirements: list
    had: int
    of: int


def by_phase(dossier, *phases):
    """The `phases` of the dossier with what each still needs."""
    found = []
    for key in phases:
        wanted = sorted(of(dossier, key), key=lambda r: (not r.lacking, not r.applies))
        found.append(Phase(key, PHASES[key], wanted, *count(wanted)))
    return found
