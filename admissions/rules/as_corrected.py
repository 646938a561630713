"""A dossier's events as they read today: with later corrections in them, and without what was taken back."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from admissions.models import Event

CORRECT, TAKE_BACK = "correct", "take_back"
"""The two events that change how earlier ones read; each names the `no` of its `target`."""


def amend_events(events: Iterable[Event]) -> list[Event]:
    """Copies of `events` (of one dossier, in order) as corrected; those taken back and the corrections are left out.

    A copy is not saved: it carries the corrected day and facts under the number of the recorded event, and the act that
    a corrected vote comes to.
    """
    rows = list(events)
    taken = {row.facts["target"] for row in rows if row.action == TAKE_BACK}
    corrected: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        if row.action == CORRECT and row.facts.get("target"):
            corrected[row.facts["target"]] |= {
                name: after for name, (_before, after) in row.facts["fields"].items()
            }
    return [
        _amended(row, corrected.get(row.no, {}))
        for row in rows
        if row.action not in (CORRECT, TAKE_BACK) and row.no not in taken
    ]


def _amended(row, values):
    event = copy(row)
    event.action = values.get("action", row.action)
    facts = row.facts | {name: value for name, value in values.items() if name not in ("on", "action")}
    event.facts = {name: value for name, value in facts.items() if value not in ("", None)}
    if "on" in values:
        event.on = date.fromisoformat(values["on"])
    return event
