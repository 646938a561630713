"""What depends on a correction: the dossier, its limits, figures, closed quarters and documents, before it is recorded.

The correction is carried out in a transaction that is rolled back, and what differs then is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions import letters, procedure, workflow
from admissions.letters import OutdatedLetter
from admissions.models import Dossier
from admissions.models.admission_facts import READ_FROM
from admissions.rules import conditions, deadlines, required_papers, working_days
from admissions.rules.as_corrected import amend_events
from admissions.states import DATES
from admissions.workflow import Draft
from admissions.workflow.companions import companions_of
from branches.models import Organisation
from notation.dates import dmy, today

NOT_SHOWN = {"state", "state_since", "version", "commune_id"}
"""Columns of a dossier that only follow others, or count."""


@dataclass(frozen=True)
class Row:
    """One thing as it is and as it would be; `after` is "" where it stays as it is."""

    label: str
    before: str
    after: str = ""
    why: str = ""
    url: str = ""

    @property
    def stays(self) -> bool:
        return not self.after


@dataclass(frozen=True)
class Consequences:
    """All that a correction moves, and of the limits and dates also what it leaves as it is."""

    dossier: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    closed: dict[str, list[Row]] = field(default_factory=dict)
    letters: list[OutdatedLetter] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    together: list[str] = field(default_factory=list)

    @property
    def moves(self) -> int:
        """How many figures move."""
        return len(self.figures)


def weigh_correction(draft: Draft, by: User) -> Consequences:
    """The `Consequences` of `draft`; nothing is kept. Raises `Refused` where a guard or a later act is against it."""
    others = companions_of(draft)
    found = _compare(draft.dossier, workflow.try_correction(draft, by, others), by)
    return replace(found, together=[_name_companion(other) for other in others])


def weigh_act(dossier: Dossier, action: str, by: User, **facts: Any) -> Consequences:
    """The `Consequences` of recording an act; nothing is kept. Raises as `workflow.perform`."""
    return _compare(dossier, workflow.try_act(dossier, action, by=by, **facts), by)


def _name_companion(other):
    """Its number, and the number that its decision gets where its vote comes to one."""
    decision = other.changes["number"][1] if "action" in other.changes and "number" in other.changes else ""
    return " · ".join(filter(None, [other.dossier.number, decision]))


def _compare(now_dossier, attempt, by):
    """What differs once `attempt`, which is rolled back, has been carried out."""
    figures_of = import_string(settings.CORRECTION_FIGURES_LOOKUP)
    before, scope = _Picture(now_dossier), by.scope(Permission.SEE)
    outdated = {row.letter.kind for row in letters.outdated_letters(now_dossier)}
    with attempt as then:
        days = {now_dossier.decided_on, now_dossier.ceremony_on, then.decided_on, then.ceremony_on}
        places = [now_dossier.admitted_branch_id, then.admitted_branch_id]
        after, numbers_after = _Picture(then), figures_of(then, days, places, scope)
        stale = [row for row in letters.outdated_letters(then) if row.letter.kind not in outdated]
    numbers_before = figures_of(now_dossier, days, places, scope)
    moved = [
        (numbers_before[key], number)
        for key, number in numbers_after.items()
        if key in numbers_before and numbers_before[key].number != number.number
    ]
    closed: dict[str, list[Row]] = {}
    for was, number in moved:
        if number.closed:
            row = Row(number.label, str(was.number), str(number.number), url=number.url)
            closed.setdefault(number.closed, []).append(row)
    return Consequences(
        dossier=_rows(before, after),
        figures=[
            Row(f"{number.unit}, {number.period}", str(was.number), str(number.number), number.label, was.url)
            for was, number in moved
            if not number.closed
        ],
        closed=closed,
        letters=stale,
        checks=_checks(then),
        papers=[name for name in after.lacking if name not in before.lacking],
    )


class _Picture:
    """What is shown of a dossier, in words."""

    def __init__(self, dossier: Dossier) -> None:
        version, calendar = procedure.version_of(dossier), working_days.load_calendar()
        pauses = deadlines.pauses_of(dossier.events.all(), today())
        self.version = version.name
        self.standing = str(dossier.state_words)
        self.columns = {column: (label, in_words(dossier, column)) for column, label in _labels().items()}
        self.limits = {
            row.clock.key: row for row in deadlines.all_deadlines(dossier, version, calendar, today(), pauses)
        }
        self.running = deadlines.running_deadline(dossier, version, calendar, today(), pauses)
        phases = ("branch", "board") if dossier.branch_resolved_on else ()
        self.lacking = (
            [str(need.paper.title) for need in required_papers.lacking_papers(dossier, *phases)]
            if phases
            else []
        )
        self.votes = {
            (vote.body, vote.purpose): _("đồng ý %(a)d/%(b)d, cần %(n)d")
            % {"a": vote.agree, "b": vote.base, "n": vote.needed}
            for vote in dossier.votes.all()
        }


def _labels():
    """{column: its name}, of all that acts and decisions set."""
    fields = {field.attname: field for field in Dossier._meta.concrete_fields}
    frozen = [Dossier._meta.get_field(name).attname for name in READ_FROM]
    acts = [row.column for row in DATES] + ["decision_number", "conversion_number", "official_on", "left_on"]
    more = ["annulled_on", "readmission", "branch_id", "helper", "decision_extension"]
    names = [*acts, *more, *frozen]
    return {name: str(fields[name].verbose_name) for name in dict.fromkeys(names) if name in fields}


def in_words(dossier: Dossier, column: str) -> str:
    """The value of a column of `dossier` as a page says it."""
    model_field = next(row for row in Dossier._meta.concrete_fields if row.attname == column)
    value: Any = getattr(dossier, model_field.name)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, date):
        return dmy(value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    return str(value.title if isinstance(value, Organisation) else value)


STAYS = ("decided_on", "ceremony_on", "probation_ends_on", "official_on")
"""Dates that are named even where they stay: nobody believes otherwise that they were looked at."""


def _rows(before: _Picture, after: _Picture) -> list[Row]:
    rows = []
    if before.standing != after.standing:
        rows.append(Row(_("Trạng thái"), before.standing, after.standing))
    rows += [
        Row(label, value, after.columns[column][1])
        for column, (label, value) in before.columns.items()
        if value != after.columns[column][1] and (value, after.columns[column][1]) != ("–", _("không"))
    ]
    if before.version != after.version:
        rows.append(
            Row(_("Quy định áp dụng"), str(before.version), str(after.version), _("theo ngày chi bộ họp"))
        )
    for key, words in after.votes.items():
        if before.votes.get(key) not in (None, words):
            rows.append(Row(_("Biểu quyết"), before.votes[key], words))
    for clock, limit in after.limits.items():
        was = before.limits.get(clock)
        if was is None or was.due is None:
            if limit.due and after.running and after.running.clock.key == clock:
                rows.append(Row(str(limit.clock.title), "–", dmy(limit.due), limit.brief))
        elif limit.due:
            title = str(limit.clock.title)
            if was.due == limit.due:
                rows.append(Row(title, dmy(was.due), "", limit.brief))
            else:
                rows.append(Row(title, dmy(was.due), dmy(limit.due), limit.brief))
    named = {row.label for row in rows}
    for column in STAYS:
        label, value = before.columns[column]
        if value != "–" and label not in named:
            rows.append(Row(label, value, "", ""))
    return sorted(rows, key=lambda row: row.stays)


def _checks(dossier: Dossier) -> list[tuple[str, str]]:
    """What was asked again and holds: the order of the dates, the conditions of the branch's meeting."""
    days = [day for row in DATES if (day := getattr(dossier, row.column)) and row.checked_by_acts]
    acts = [event for event in amend_events(dossier.events.all()) if event.action in workflow.ACTS]
    checks = []
    if days:
        checks.append((_("Các ngày đúng thứ tự"), f"{dmy(min(days))} – {dmy(max(days))}"))
    checks.append((_("Các việc đã ghi còn đúng"), _("%(n)d việc") % {"n": len(acts)}))
    if dossier.branch_resolved_on:
        found = conditions.check_conditions(dossier, dossier.branch_resolved_on)
        checks += [(row.label, row.value) for row in found if row.met]
    return checks


def in_one_line(rows: Iterable[Row]) -> str:
    """Rows that move, in one line: "Toàn huyện 268 → 269; …"."""
    return "; ".join(f"{row.label}: {row.before} → {row.after}" for row in rows if not row.stays)
