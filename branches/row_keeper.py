"""The rows that a change of the tree makes, changes and removes, remembered so that it can be undone exactly."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from branches.models import HandedRow, Reorganisation

BATCH = 2000
Values = dict[str, Any]


class RowKeeper:
    """What happened to plain rows, one line each however often it was touched, in the order of the first touch."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int], list[Values | None]] = {}
        self.grown: list[models.Model] = []

    @contextmanager
    def watching(self, rows: QuerySet) -> Iterator[None]:
        """Remember what happens within to the rows that meet the condition of `rows` before or after."""
        before = _values_of(rows.all())
        yield
        after = _values_of(rows.all())
        gone = before.keys() - after.keys()
        after |= _values_of(rows.model._default_manager.filter(pk__in=gone)) if gone else {}
        for pk in [*before, *(after.keys() - before.keys())]:
            self._note(rows.model._meta.label_lower, pk, before.get(pk), after.get(pk))

    def update(self, rows: QuerySet, **values: Any) -> int:
        """Update `rows` and remember what they were; how many there are."""
        with self.watching(rows.model._default_manager.filter(pk__in=[*rows.values_list("pk", flat=True)])):
            return rows.update(**values)

    def create(self, rows: Iterable[models.Model]) -> None:
        """Remember `rows` of one model, which have just been written, as the database reads them."""
        made = [*rows]
        for row in made[:1]:
            written = _values_of(type(row)._default_manager.filter(pk__in=[one.pk for one in made]))
            for pk, values in written.items():
                self._note(row._meta.label_lower, pk, None, values)

    def grow(self, row: models.Model) -> None:
        """Remember a row, just written, of a model that only grows."""
        self.grown.append(row)

    def _note(self, label, pk, before, after):
        line = self.lines.setdefault((label, pk), [before, after])
        line[1] = after

    def write(self, plan: Reorganisation) -> None:
        """Keep everything with `plan`."""
        rows = [
            HandedRow(plan=plan, model=label, row=pk, before=before, after=after)
            for (label, pk), (before, after) in self.lines.items()
            if before != after
        ]
        rows += [
            HandedRow(plan=plan, model=row._meta.label_lower, row=row.pk, after={"id": row.pk}, grown=True)
            for row in self.grown
        ]
        HandedRow.objects.bulk_create(rows, batch_size=BATCH)


def _values_of(rows):
    """{primary key: its columns} of plain rows."""
    return {row["id"]: row for row in rows.order_by("pk").values()}


def rows_made(plan: Reorganisation, label: str) -> QuerySet[HandedRow]:
    """What `plan` did to the rows of the model `label`, and what plans did that were undone since."""
    own = Q(plan=plan) | Q(plan__state=Reorganisation.State.UNDONE)
    return HandedRow.objects.filter(own, model=label)


def rows_changed_since(plan: Reorganisation) -> dict[str, int]:
    """{name of a model: how many rows that `plan` left behind read otherwise today}."""
    found: dict[str, int] = {}
    for label, lines in _by_model(plan).items():
        model = apps.get_model(label)
        now = _values_of(model._default_manager.filter(pk__in=[line.row for line in lines]))
        differing = sum(_differs(line, now.get(line.row)) for line in lines)
        if differing:
            name = str(model._meta.verbose_name)
            found[name] = found.get(name, 0) + differing
    return found


def _by_model(plan):
    lines: dict[str, list[HandedRow]] = {}
    for line in plan.handed_rows.filter(grown=False):
        lines.setdefault(line.model, []).append(line)
    return lines


def _plain(values):
    """`values` as they read after having been kept as JSON."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _changed_columns(line):
    return [name for name in line.after if line.before is None or line.before[name] != line.after[name]]


def _differs(line, today):
    """Whether a row reads otherwise than `line` left it, in what the plan changed."""
    if line.after is None or today is None:
        return (line.after is None) != (today is None)
    today = _plain(today)
    return any(today.get(name) != line.after[name] for name in _changed_columns(line))


def put_back(plan: Reorganisation, *, but: Iterable[str] = ()) -> int:
    """Put every plain row back as it was before `plan`, the last one first, `but` those of the models with these
    labels; how many there are."""
    lines = [
        line for line in plan.handed_rows.filter(grown=False).order_by("-pk") if line.model not in {*but}
    ]
    for (label, made), group in groupby(lines, key=lambda line: (line.model, line.before is None)):
        model = apps.get_model(label)
        if made:
            model._base_manager.filter(pk__in=[line.row for line in group]).delete()
            continue
        for line in group:
            _put_back(model, line)
    return len(lines)


def _put_back(model, line):
    if line.after is None:
        model._base_manager.bulk_create([model(**_read(model, line.before))])
    else:
        names = _changed_columns(line)
        values = _read(model, {name: line.before[name] for name in names})
        model._base_manager.filter(pk=line.row).update(**values)


def _read(model, values):
    """`values` of a row, as kept in JSON, by the types of its columns."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: None if value is None else fields[name].to_python(value)
        for name, value in values.items()
        if name in fields
    }


def describe_changed(changed: dict[str, int]) -> str:
    """ "2 phân công, 1 việc": what `rows_changed_since` found."""
    return ", ".join(_("%(n)d %(what)s") % {"n": n, "what": what} for what, n in sorted(changed.items()))
