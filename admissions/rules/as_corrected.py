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
    a corrected vote comes to, with its state.
    """
    rows = list(events)
    taken = {row.facts["target"] for row in rows if row.action == TAKE_BACK}
    corrected: dict[int, dict[str, Any]] = defaultdict(dict)
    led_to: dict[int, str] = {}
    for row in rows:
        if row.action == CORRECT and row.facts.get("target"):
            corrected[row.facts["target"]] |= {
                name: after for name, (_before, after) in row.facts["fields"].items()
            }
            if "action" in row.facts["fields"]:  # no act that changed the state rests on a vote that turned
                led_to[row.facts["target"]] = row.to_state
    return [
        _amended(row, corrected.get(row.no, {}), led_to.get(row.no, row.to_state))
        for row in rows
        if row.action not in (CORRECT, TAKE_BACK) and row.no not in taken
    ]


def _amended(row, values, to_state):
    event = copy(row)
    event.action, event.to_state = values.get("action", row.action), to_state
    facts = row.facts | {name: value for name, value in values.items() if name not in ("on", "action")}
    event.facts = {name: value for name, value in facts.items() if value not in ("", None)}
    if "on" in values:
        event.on = date.fromisoformat(values["on"])
    return event
