"""What is wrong with an act's form, all at once: the acts themselves stop at the first guard.

Only what can be said without doing the act is asked here; the door asks again, and whatever else it knows.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from admissions import procedure
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.rules import conditions
from admissions.workflow import Act
from admissions.workflow.acts.guards import BALLOT, check_ballot, refuse_future

Problem = tuple[str | None, str]
"""(field, or None for the whole form; a sentence)."""


def find_problems(act: Act, dossier: Dossier, data: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with `data`, the values of the act's form that could be read."""
    problems: list[Problem] = []
    day = data.get("on")
    if day:
        problems += _said_by(refuse_future, day)
    if act.shows_conditions and day and not problems:
        problems += _conditions(dossier, day, data.get("consent", ""))
    if act.body and all(data.get(name) is not None for name in BALLOT):
        problems += _said_by(check_ballot, **{name: data[name] for name in BALLOT})
    return problems


def _said_by(guard, *args, **kwargs) -> list[Problem]:
    try:
        guard(*args, **kwargs)
    except Refused as refusal:
        return [(name, words) for name, said in refusal.message_dict.items() for words in said]
    return []


def _conditions(dossier: Dossier, day: Any, consent: str) -> Iterator[Problem]:
    """The conditions that block; the certificate is a paper, and leads to where papers are recorded."""
    try:
        checks = conditions.check_conditions(dossier, day, consent=consent)
    except procedure.NoProcedure as error:
        yield "on", str(error)
        return
    papers = reverse("admissions:papers", args=[dossier.year, dossier.serial])
    for check in checks:
        if check.blocks and check.key == "certificate":
            words = format_html('{} <a href="{}">{}</a>', check.sentence, papers, _("Ghi giấy tờ"))
            yield None, words
        elif check.blocks:
            yield "on", check.sentence
