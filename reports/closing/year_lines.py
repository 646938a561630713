"""The lines that a closing keeps of the year around admission: who took which step, and all that is counted beside it.

They are gathered once, when the quarter is closed. What apps above this one keep comes from the functions that
`settings.KEPT_BY` names.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override

from admissions.models import Dossier
from admissions.rules.working_days import load_calendar
from admissions.sources.listing import read_lists, read_people
from branches.models import Organisation
from reports.figures import chain, chain_steps, delays, figures, part_two
from reports.models import ClosedLine, ClosedYear, QuarterClosing
from reports.periods import Period, quarter_period
from reports.quotas.behind import read_aims

Kind = ClosedLine.Kind


@dataclass(frozen=True, kw_only=True)
class Line:
    """A `ClosedLine` before it is written: `unit` and `dossier` are primary keys."""

    kind: str
    key: str
    unit: int
    dossier: int | None = None
    number: int = 1
    facts: dict[str, Any] = field(default_factory=dict)

    def as_text(self) -> str:
        """The line as its fingerprint reads it: canonical JSON."""
        cells = (self.kind, self.key, self.unit, self.dossier, self.number, self.facts)
        return json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keep_year(closing: QuarterClosing) -> ClosedYear:
    """Write the lines of the quarter as the register knows it; inside the transaction of the closing.

    The dossiers are locked by then (`snapshot.write_entries`).
    """
    with override("vi"):
        lines = sorted(list_lines(quarter_period(closing.year, closing.number)), key=Line.as_text)
    kept = ClosedYear.objects.create(closing=closing, fingerprint=compute_year_fingerprint(lines))
    rows = (
        ClosedLine(
            closing=closing,
            kind=line.kind,
            key=line.key,
            unit_id=line.unit,
            dossier_id=line.dossier,
            number=line.number,
            facts=line.facts,
        )
        for line in lines
    )
    ClosedLine.objects.bulk_create(rows, batch_size=2000)
    return kept


def compute_year_fingerprint(lines: Iterable[Line]) -> str:
    """The SHA-256 of the lines as canonical JSON, one on each, in their order; 64 hexadecimal digits."""
    digest = sha256()
    for text in sorted(line.as_text() for line in lines):
        digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def written_lines(closing: QuarterClosing) -> Iterator[Line]:
    """What a closing keeps, as it was written."""
    columns = ("kind", "key", "unit_id", "dossier_id", "number", "facts")
    rows = ClosedLine.objects.filter(closing=closing).order_by().values_list(*columns)
    for kind, key, unit, dossier, number, facts in rows.iterator(chunk_size=5000):
        yield Line(kind=kind, key=key, unit=unit, dossier=dossier, number=number, facts=facts)


def list_lines(quarter: Period) -> Iterator[Line]:
    """Every line of `quarter`, in no order; reads only."""
    before = figures.same_days_before(quarter)
    for root in Organisation.objects.roots():
        yield from _steps(root, quarter)
        yield from _returns(root, quarter)
        yield from _of_form(root, quarter, before)
        yield from _sources(root, quarter)
        for pk, aim in read_aims(root, quarter.year()).items():
            yield Line(kind=Kind.AIM, key=aim.basis, unit=pk, number=aim.number)
    for name in settings.KEPT_BY:
        yield from import_string(name)(quarter)


# The chain


def _steps(root, quarter):
    """A line for each step that somebody took, with all that its page tells of it."""
    clock = chain.WorkingDays(load_calendar())
    rows = chain_steps.list_chain(root, quarter)
    taken = list(chain.read_taken(rows, quarter, clock, facts_told=chain_steps.PEOPLE_OF))
    late = {one.dossier for one in taken if one.late and one.step == "decided"}
    reason_of = {
        pk: reason for reason, pks in delays.delay_reasons(late, clock.calendar).items() for pk in pks
    }
    names = _names({one.dossier for one in taken})
    for one in taken:
        facts = {
            "on": one.on.isoformat(),
            "commune": one.commune,
            "name": names[one.dossier],
            "of": one.facts,
        }
        if one.days is not None:
            facts["days"] = one.days
        marks = {"uncounted": one.uncounted, "late": one.late, "returned": one.returned}
        facts |= {name: True for name, holds in marks.items() if holds}
        if one.limit:
            facts["limit"] = list(one.limit)
        if one.step == "decided" and one.late:
            facts["reason"] = reason_of[one.dossier]
        yield Line(kind=Kind.STEP, key=one.step, unit=one.branch, dossier=one.dossier, facts=facts)


def _returns(root, quarter):
    """A line for each return: a dossier that was returned twice stands there twice."""
    returns = delays.read_returns(chain_steps.dossiers_at(root), quarter).by_reason
    pks = {pk for reason in returns.values() for pk in reason}
    known, names = chain.read_places(pks), _names(pks)
    for reason, dossiers in returns.items():
        for pk in dossiers:
            branch, facts = known[pk]
            facts = {"name": names[pk], "of": facts}
            yield Line(kind=Kind.RETURN, key=reason, unit=branch, dossier=pk, facts=facts)


def _names(pks):
    return dict(Dossier.objects.filter(pk__in=pks).order_by().values_list("pk", "candidate__full_name"))


# The form, the lists


def _of_form(root, quarter, before):
    """Part II: the people and organisations of the quarter, and how many there were a year before in each unit."""
    for key, unit, dossier in part_two.list_others(root, quarter):
        yield Line(kind=Kind.PART, key=key, unit=unit, dossier=dossier)
    counts: dict[tuple[str, int], int] = {}
    for key, unit, _dossier in part_two.list_part_two(root, before) if before else ():
        counts[key, unit] = counts.get((key, unit), 0) + 1
    for (key, unit), number in counts.items():
        yield Line(kind=Kind.BEFORE, key=key, unit=unit, number=number)


def _sources(root, quarter):
    """Everybody on a source list at the end of the quarter, as the list shows them."""
    for person in read_people(read_lists(root, quarter.last), quarter.last):
        dossier = person.dossier
        facts = {
            "name": dossier.candidate.full_name,
            "sort": dossier.candidate.sort_key,
            "born": [dossier.candidate.born_on.isoformat(), dossier.candidate.born_precision],
            "sex": dossier.candidate.sex,
            "listed": dossier.listed_on.isoformat(),
            "by": dossier.introduced_by,
            "groups": [[group.pk, group.name] for group in person.groups],
            "course": [person.course.key, person.course.words],
            "helper": person.helper,
        }
        key = "under_way" if person.under_way else "sources"
        yield Line(kind=Kind.SOURCE, key=key, unit=person.branch.pk, dossier=dossier.pk, facts=facts)
