"""The papers that acts bring: they follow the dossier, and nobody types them against it."""

from collections.abc import Iterable

from admissions import procedure
from admissions.choices import Body
from admissions.models import Dossier, Event, Vote
from admissions.rules.as_corrected import amend_events
from admissions.states import ON_CONVERSION
from admissions.workflow.acts.guards import STEP_OF
from admissions.workflow.transitions import ACTS

ON_THE_MOVE = ("17-KND", "17B-KND")
"""What a move brings, under whatever procedure."""


def step_of_act(action: str) -> str:
    """The step of the procedure at which `action` makes its paper, "" for an act that makes none."""
    act = ACTS[action]
    if act.body is None or not act.outcomes:
        return ""
    conversion = any(state in ON_CONVERSION for state in act.sources)
    purpose = Vote.Purpose.CONVERSION if conversion else Vote.Purpose.ADMISSION
    return STEP_OF[Body(act.body), purpose]


def papers_of_acts(dossier: Dossier) -> set[str]:
    """The codes of the papers that only acts bring into `dossier`, under the procedure that binds it.

    Whoever arrived from elsewhere brings the papers of the steps that were done there.
    """
    steps = [step for step in procedure.version_of(dossier).steps if step.makes]
    return {step.makes for step in steps if not _done_elsewhere(dossier, step)}


def _done_elsewhere(dossier, step):
    on = getattr(dossier, step.date) if step.date else None
    return bool(dossier.arrived_on and on and on <= dossier.arrived_on)


def papers_made(dossier: Dossier, events: Iterable[Event]) -> dict[str, Event]:
    """{code: the event of the act that brought the paper}, of the acts that stand, each as corrected."""
    version, made = procedure.version_of(dossier), dict[str, Event]()
    for event in amend_events(events):
        if event.action == "move":
            made |= dict.fromkeys(ON_THE_MOVE, event)
        elif event.action in ACTS and (code := version.paper_of(step_of_act(event.action))):
            made[code] = event
    return made
