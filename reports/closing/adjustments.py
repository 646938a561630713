"""What has changed since a quarter was closed: its entries against the register as it is now.

closed + adjustments = live, for every unit and measure (`net_adjustments`). Who changed what, when and why comes from
the events of the dossier; a change that no event tells of is said to have none. Only dossiers that the database saw
change since a closing (`ChangedSinceClosing`) are compared, so that it costs what has changed; `proof` compares every
one.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions import history
from admissions.models import AdmissionFacts, Dossier, Event
from admissions.models.admission_facts import LATER
from admissions.rules.as_corrected import CORRECT, TAKE_BACK
from branches.models import Organisation
from notation.dates import dmy, format_moment
from reports import periods
from reports.figures import figures
from reports.measures import MEASURES, keys_of
from reports.models.closing import PERSON, ChangedSinceClosing, ClosedAdmission, QuarterClosing
from reports.periods import Period

FACTS = [row.attname for row in AdmissionFacts._meta.local_fields]
CELLS = ["decision_number", *PERSON, *FACTS]
"""The cells of an entry that are compared with the register."""
LIVE = [PERSON.get(name, name) for name in CELLS]
"""Where the register has the same cells."""
NAMES = ["year", "serial", *CELLS]

SHORT_LABELS = {"decided_on": gettext_lazy("Ngày quyết định"), "ceremony_on": gettext_lazy("Ngày lễ")}
"""Where a line of adjustments has less room than the verbose name of the column needs."""
ACTS = {
    "ceremony_on": ("ceremony",),
    "decided_on": ("decide",),
    "decision_number": ("decide",),
    "admitted_branch_id": ("move",),
    "admitted_commune_id": ("move",),
}
"""The acts that write a cell, beside a correction."""
CORRECTED = {name: name for name in PERSON} | {
    "born_precision": "born_on",
    "admitted_branch_id": "branch",
    "admitted_sex": "sex",
    "admitted_occupation": "occupation",
    "admitted_education": "education",
    "admitted_qualification": "qualification",
}
"""{cell: the field of the entry form that a correction of it names}."""
FROZEN_AS = {
    "born_on": "admitted_born_on",
    "ethnicity": "admitted_ethnicity_id",
    "religion": "admitted_religion_id",
}
"""{cell: the column of a dossier that a correction of it changes}, where the two have other names."""

TOUCHED = ChangedSinceClosing.objects.values("dossier")
"""The dossiers that are compared where nothing else is asked for."""

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
KINDS = {ADDED: gettext_lazy("thêm"), REMOVED: gettext_lazy("bớt"), CHANGED: gettext_lazy("sửa")}


@dataclass(frozen=True)
class Cell:
    """One cell as it was closed and as it is now, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Adjustment:
    """What became of one dossier since the closing. `old` and `new` are its cells, None where it does not count.

    `by`, `at` and `why` are empty where no event tells of the change; `place` is its base organisation.
    """

    closing: QuarterClosing
    pk: int
    year: int
    serial: int
    name: str
    kind: str
    cells: tuple = ()
    by: str = ""
    at: datetime | None = None
    why: str = ""
    place: str = ""
    old: dict | None = field(default=None, compare=False)
    new: dict | None = field(default=None, compare=False)
    paths: tuple = ("", "")

    @property
    def number(self) -> str:
        return f"{self.year}/{self.serial:04d}"

    @property
    def url(self) -> str:
        return reverse("admissions:dossier", args=[self.year, self.serial])

    @property
    def words(self) -> Promise:
        return KINDS[self.kind]

    @property
    def weight(self) -> int:
        """What it does to the number of admissions."""
        return {ADDED: 1, REMOVED: -1, CHANGED: 0}[self.kind]

    def seen_from(self, unit: Organisation) -> "Adjustment | None":
        """The adjustment as it concerns `unit`: someone placed elsewhere since is one less; None beside it."""
        was, now = (bool(path) and path.startswith(unit.path) for path in self.paths)
        if was and now:
            return self
        if was:
            return replace(self, kind=REMOVED, new=None, cells=() if self.kind == CHANGED else self.cells)
        return (
            replace(self, kind=ADDED, old=None, cells=() if self.kind == CHANGED else self.cells)
            if now
            else None
        )


def adjustments_of(
    closing: QuarterClosing, unit: Organisation | None = None, among: QuerySet | None = TOUCHED
) -> list[Adjustment]:
    """The `Adjustment`s of a closing by number of dossier: all, or as they concern `unit`."""
    return adjustments_of_each([closing], unit, among)[closing.pk]


def adjustments_of_each(
    closings: Iterable[QuarterClosing], unit: Organisation | None = None, among: QuerySet | None = TOUCHED
) -> dict[int, list[Adjustment]]:
    """{primary key of a closing: its `Adjustment`s, as `adjustments_of` gives them}, in a fixed number of statements.

    `among` is a query of the dossiers that alone are looked at, None for every one.
    """
    by_key = {row.pk: row for row in closings}
    adjustments: dict[int, list[Adjustment]] = {pk: [] for pk in by_key}
    then, now = _sides(by_key, unit, among)
    unlike = [key for key in {*then, *now} if then.get(key) != now.get(key)]
    then, now = (
        {key: dict(zip(NAMES, side[key], strict=True)) for key in unlike if key in side}
        for side in (then, now)
    )
    differ = [key for key in unlike if _changed(then.get(key), now.get(key))]
    if differ:
        units = {row.pk: row for row in Organisation.objects.filter(pk__in=_units_of(differ, then, now))}
        events = _events([pk for _closing, pk in differ])
    for key in differ:
        closing, pk = key
        row = _made(by_key[closing], pk, then.get(key), now.get(key), events.get(pk, []), units)
        if seen := row if unit is None else row.seen_from(unit):
            adjustments[closing].append(seen)
    return {pk: sorted(rows, key=lambda row: (row.year, row.serial)) for pk, rows in adjustments.items()}


def net_adjustments(closing: QuarterClosing, unit: Organisation) -> dict[str, int]:
    """{measure key: difference} that the adjustments make to a unit's totals, every measure with its number."""
    differences = differences_by_unit(adjustments_of(closing)).get(unit.pk, Counter())
    return {key: differences[key] for key in MEASURES}


def differences_by_unit(rows: Iterable[Adjustment]) -> dict[int, Counter[str]]:
    """{primary key: {measure key: difference}} that adjustments make to each unit they concern."""
    differences: dict[int, Counter[str]] = {}
    for row in rows:
        for facts, path, sign in ((row.old, row.paths[0], -1), (row.new, row.paths[1], 1)):
            if facts is not None:
                keys = dict.fromkeys(keys_of(facts), sign)
                for pk in path.split("/"):
                    if pk:
                        differences.setdefault(int(pk), Counter()).update(keys)
    return differences


def adjustments_recorded_in(period: Period) -> list[Adjustment]:
    """The adjustments of earlier closed quarters that were recorded on the days of `period`."""
    earlier = Q(year__lt=period.first.year) | Q(year=period.first.year, number__lt=period.number)
    touched = ChangedSinceClosing.objects.filter(dossier__in=_with_event_in(period)).values("dossier")
    by_closing = adjustments_of_each(QuarterClosing.objects.valid().filter(earlier), among=touched)
    rows = [row for rows in by_closing.values() for row in rows]
    return [row for row in rows if row.at and period.includes(localtime(row.at).date())]


def _with_event_in(period):
    """The dossiers with an event that was recorded on the days of `period`, a day more at either end."""
    day = timedelta(days=1)
    first, last = (
        datetime.combine(on, time(), tzinfo=UTC) for on in (period.first - day, period.last + 2 * day)
    )
    return Event.objects.filter(at__gte=first, at__lt=last).order_by().values("dossier")


# The two sides


def _sides(closings, unit, among):
    """({(closing, dossier): year, serial, cells} of the entries, the same of the dossiers that count there now).

    With `unit` those that stood or stand under it, on both sides.
    """
    spans = {pk: _span(row) for pk, row in closings.items()}
    within = (Q(**{f"{column}__range": (first, last)}) for column, first, last in spans.values())
    within = reduce(or_, within, Q(pk__in=()))
    dossiers = Dossier.objects.standing().filter(within).order_by()
    entries = ClosedAdmission.objects.filter(quarter__in=list(closings)).order_by()
    if among is not None:
        entries, dossiers = entries.filter(dossier__in=among), dossiers.filter(pk__in=among)
    if unit is not None and unit.parent_id is not None:
        under = Q(admitted_branch__path__startswith=unit.path)
        stood, stand = entries.filter(under).values("dossier"), dossiers.filter(under).values("pk")
        entries, dossiers = (
            entries.filter(under | Q(dossier__in=stand)),
            dossiers.filter(under | Q(pk__in=stood)),
        )
    rows = entries.values_list("quarter_id", "dossier_id", *NAMES).iterator(chunk_size=5000)
    then, now = {(closing, pk): row for closing, pk, *row in rows}, {}
    for pk, *row in dossiers.values_list("pk", "year", "serial", *LIVE).iterator(chunk_size=5000):
        for closing, (column, first, last) in spans.items():
            day = row[NAMES.index(column)]
            if day and first <= day <= last:
                now[closing, pk] = row
    return then, now


def _span(closing):
    """(the column of a dossier, its first day, its last) by which it counts in a closed quarter."""
    period = periods.quarter_period(closing.year, closing.number)
    return figures.COLUMNS[closing.counted_by], period.first, period.last


def _changed(old, new):
    """The cells that differ, all of them where one side is missing. A ceremony that had not been held when the quarter
    was closed is filled in, not corrected, and so is a fact that was not kept yet."""
    if old is None or new is None:
        return CELLS
    filled_in = [name for name in ("ceremony_on", *LATER) if old[name] is None]
    return [name for name in CELLS if old[name] != new[name] and name not in filled_in]


def _units_of(keys, *sides):
    rows = [side[key] for side in sides for key in keys if key in side]
    return {row[column] for row in rows for column in ("admitted_branch_id", "admitted_commune_id")}


def _events(pks):
    """{dossier: its events, the last one first}."""
    found = {}
    for start in range(0, len(pks), 500):
        rows = Event.objects.filter(dossier__in=pks[start : start + 500]).exclude(action="reveal")
        for event in rows.select_related("by").order_by("dossier", "-no"):
            found.setdefault(event.dossier_id, []).append(event)
    return found


# One adjustment


def _made(closing, pk, old, new, events, units):
    kind = CHANGED if old and new else ADDED if new else REMOVED
    changed = _changed(old, new) if kind == CHANGED else []
    event = _event(closing, kind, changed, events)
    row = new or old
    return Adjustment(
        closing=closing,
        pk=pk,
        year=row["year"],
        serial=row["serial"],
        name=row["full_name"],
        kind=kind,
        cells=tuple(_cell(name, old, new, units) for name in changed),
        by=event.by.full_name if event else "",
        at=event.at if event else None,
        why=_why(event) if event else "",
        place=_in_words("admitted_commune_id", row["admitted_commune_id"], units),
        old=old,
        new=new,
        paths=tuple((side and units[side["admitted_branch_id"]].path) or "" for side in (old, new)),
    )


def _event(closing, kind, changed, events):
    """The last event after the closing that tells of the change; a correction names its fields."""
    after = [event for event in events if event.at >= closing.closed_at]
    counts = {"decision": "decide", "ceremony": "ceremony"}[closing.counted_by]
    acts = {ADDED: (counts,), REMOVED: ("annul",)}.get(kind, ())
    acts += tuple(act for name in changed for act in ACTS.get(name, ()))
    corrected = {CORRECTED[name] for name in changed if name in CORRECTED}
    columns = {*changed} & {*FACTS, "decision_number"} or {figures.COLUMNS[closing.counted_by]}
    columns |= {FROZEN_AS[name] for name in changed if name in FROZEN_AS}
    for event in after:
        fields = {*(event.facts.get("fields") or ())}
        if event.action in acts or (event.action == "edit" and fields & corrected):
            return event
        if event.action in (CORRECT, TAKE_BACK) and (columns & event.changes.keys() or fields & corrected):
            return event
    return next((event for event in after if event.action == "edit"), None)


def _why(event):
    """The reason that was given, or what the event tells, without the stop at its end: it stands in a sentence."""
    why = event.facts.get("reason") or event.facts.get("exception") or history.describe_event(event)
    return str(why).rstrip(". ")


def _cell(name, old, new, units):
    return Cell(cell_label(name), *(_in_words(name, side[name], units) for side in (old, new)))


def cell_label(name: str, model: type[Model] = ClosedAdmission) -> str:
    """What the column of an entry is called in a line of adjustments."""
    labels = {field.attname: field.verbose_name for field in model._meta.concrete_fields}
    return str(SHORT_LABELS.get(name) or labels[name])


def _in_words(name, value, units):
    if value is None or value == "":
        return "–"
    if name in ("admitted_branch_id", "admitted_commune_id"):
        return units[value].title
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if hasattr(value, "isoformat"):
        return dmy(value)
    choices = dict(ClosedAdmission._meta.get_field(name).choices or ())
    return str(choices.get(value, value))


# As a report keeps and shows it


def as_json(row: Adjustment) -> dict[str, Any]:
    """An adjustment as plain data, as a closing keeps it."""
    return {
        "quarter": str(row.closing),
        "dossier": row.number,
        "name": row.name,
        "kind": row.kind,
        "cells": [[cell.label, cell.old, cell.new] for cell in row.cells],
        "by": row.by,
        "at": format_moment(row.at) if row.at else "",
        "why": row.why,
        "paths": list(row.paths),
    }
