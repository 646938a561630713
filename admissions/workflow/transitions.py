"""The table of acts: what may be done in which state, by whom, and where it leads.

Each row stands beside its function in `acts`. A new act is one function and one row there.
"""

from admissions.states import ARRIVES, State
from admissions.workflow.act import Act
from admissions.workflow.acts.appraisal import APPRAISAL_ACTS
from admissions.workflow.acts.delays import DELAY_ACTS
from admissions.workflow.acts.doubles import DOUBLE_ACTS
from admissions.workflow.acts.exits import EXIT_ACTS
from admissions.workflow.acts.listing import LISTING_ACTS
from admissions.workflow.acts.probation import PROBATION_ACTS
from admissions.workflow.acts.proposal import PROPOSAL_ACTS
from admissions.workflow.acts.review import REVIEW_ACTS
from admissions.workflow.acts.transfers import TRANSFER_ACTS

ACTS: dict[str, Act] = (
    LISTING_ACTS
    | PROPOSAL_ACTS
    | APPRAISAL_ACTS
    | DELAY_ACTS
    | PROBATION_ACTS
    | REVIEW_ACTS
    | EXIT_ACTS
    | TRANSFER_ACTS
    | DOUBLE_ACTS
)
"""Every act, in the order of the procedure."""


def draw_transitions() -> str:
    """The table as a state diagram in Mermaid's notation; `docs/states.md` holds it, a test compares."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.LISTED.value}: enter"]
    lines += [f"    [*] --> {state.value}: arrive" for state in ARRIVES]
    for action, act in ACTS.items():
        lines += [f"    {source.value} --> {act.target(source).value}: {action}" for source in act.sources]
    return "\n".join(lines) + "\n"
