"""Completeness: which papers the procedure asks of a dossier, which are there, which do not apply and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from admissions import procedure
from admissions.models import Dossier, Paper
from admissions.procedure.spec import PaperRule
from admissions.procedure.vocabulary import PHASES, WHEN


@dataclass(frozen=True)
class Requirement:
    """One paper of the procedure for one dossier; `why_not` says why it does not apply, `row` what is recorded."""

    paper: PaperRule
    row: Paper | None
    why_not: str | Promise

    @property
    def applies(self) -> bool:
        return not self.why_not

    @property
    def had(self) -> bool:
        return self.row is not None and self.row.had

    @property
    def lacking(self) -> bool:
        return self.counts and not self.had

    @property
    def counts(self) -> bool:
        """Whether the dossier needs it; one that may be recorded or not is never counted."""
        return self.applies and not self.paper.optional

    @property
    def mark(self) -> str:
        return "ok" if self.had else "lack" if self.counts else "na"


def required_papers(dossier: Dossier, *phases) -> list[Requirement]:
    """The papers of `phases` ("branch", "board", "close", "conversion"; all when none is named), in their order.

    Papers of another way of being introduced are left out; one that does not apply here stays, with its reason.
    """
    rows = {row.code: row for row in dossier.papers.all()}
    requirements = []
    for paper in procedure.version_of(dossier).papers:
        when = WHEN[paper.when]
        applies = when.applies(dossier)
        if (phases and paper.phase not in phases) or not (when.absent or applies):
            continue
        requirements.append(Requirement(paper, rows.get(paper.code), "" if applies else when.absent))
    return requirements


def phases_of(dossier: Dossier) -> tuple[str, ...]:
    """The phases whose papers matter now: those for the standing committee, after the decision of conversion too."""
    return ("branch", "board", "close", "conversion") if dossier.admission_date else ("branch", "board")


def lacking_papers(dossier: Dossier, *phases) -> list[Requirement]:
    """The required papers of `phases` that are not there."""
    return [r for r in required_papers(dossier, *phases) if r.lacking]


def count_papers(requirements: Iterable[Requirement]) -> tuple[int, int]:
    """How many of the papers that are needed are there, and how many are needed: the "8 / 9" of the page."""
    return sum(r.had for r in requirements if r.counts), sum(r.counts for r in requirements)


@dataclass(frozen=True)
class Phase:
    """The papers of one phase, those that are lacking first, and how many of those that apply are there."""

    key: str
    title: str | Promise
    requirements: list[Requirement]
    had: int
    of: int


def by_phase(dossier: Dossier, *phases) -> list[Phase]:
    """The `phases` of the dossier with what each still needs; of the optional papers those that are there."""
    phase_rows = []
    for key in phases:
        rows = [r for r in required_papers(dossier, key) if r.had or not r.paper.optional]
        requirements = sorted(rows, key=lambda r: (not r.lacking, not r.counts))
        phase_rows.append(Phase(key, PHASES[key], requirements, *count_papers(requirements)))
    return phase_rows
