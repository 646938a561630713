"""What is wrong with an act's form, all at once: the act itself is tried, with what could be read of the form.

The trial is rolled back; the door asks everything again.
"""

import contextlib
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from admissions import procedure, workflow
from admissions.exceptions import Refused, Stale
from admissions.models import Dossier
from admissions.rules import conditions
from admissions.rules.duplicates import doubles_of
from admissions.workflow import ACTS
from admissions.workflow.act import FieldKind
from admissions.workflow.acts.guards import BALLOT
from notation.dates import today

Problem = tuple[str | None, str]
"""(field, or None for the whole form; a sentence)."""


def find_problems(
    action: str, dossier: Dossier, facts: Mapping[str, Any], unread: Collection[str], by: User
) -> list[Problem]:
    """Everything wrong with recording `action` by `by` with `facts`, those of the act's form that could be read.

    In the fields that are `unread` stands what no guard minds; a ballot is asked for as a whole.
    """
    act = ACTS[action]
    unread = {*unread, *(BALLOT if {*unread} & {*BALLOT} else ())}
    tried = {name: _stand_in(dossier, act, name) for name in act.fields if name != "why"}
    tried |= {name: value for name, value in facts.items() if name not in unread}
    problems = [] if "on" in unread or not act.shows_conditions else _conditions(dossier, tried)
    try:
        with contextlib.suppress(Refused):
            action, tried, _ballot = workflow.follow_ballot(action, dossier, tried)
        with workflow.try_act(dossier, action, by=by, **tried):
            return problems
    except Stale:
        return problems  # the page says so by itself
    except Refused as refusal:
        told = {check.sentence for check in _blocking(dossier, tried)} if problems else set()
        for name, sentences in refusal.by_field.items():
            where = None if name == NON_FIELD_ERRORS else name
            problems += [(where, words) for words in sentences if name not in unread and words not in told]
    return problems


_STAND_INS = {
    FieldKind.DAY: lambda field: today(),
    FieldKind.DAYS: lambda field: 1,
    FieldKind.CHOICE: lambda field: field.choices[0][0],
}


def _stand_in(dossier, act, name):
    """A value of a field that no guard refuses; a ballot that comes to the act."""
    field = act.fields[name]
    if field.kind == FieldKind.BRANCH:
        return dossier.branch
    if field.kind == FieldKind.DOUBLE:
        return next(iter(doubles_of(dossier)), dossier)
    if field.kind == FieldKind.PEOPLE:
        against = "agree" if any(not outcome.passed for outcome in act.outcomes) else "disagree"
        return 0 if name in ("excluded", against) else 100
    return _STAND_INS.get(field.kind, lambda field: "–")(field)


def _blocking(dossier, facts):
    try:
        checks = conditions.check_conditions(dossier, facts["on"], consent=facts.get("consent", ""))
    except procedure.NoProcedure:
        return []
    return [check for check in checks if check.blocks]


def _conditions(dossier: Dossier, facts: Mapping[str, Any]) -> list[Problem]:
    """The conditions that block; the certificate is a paper, and leads to where papers are recorded."""
    papers = reverse("admissions:papers", args=[dossier.year, dossier.serial])
    link = format_html('<a href="{}">{}</a>', papers, _("Ghi giấy tờ"))
    return [
        (None, format_html("{} {}", check.sentence, link))
        if check.key == "certificate"
        else ("on", check.sentence)
        for check in _blocking(dossier, facts)
        if facts["on"] <= today()
    ]
