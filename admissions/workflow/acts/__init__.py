"""What each act does to a dossier. Only `workflow` calls these, inside its transaction.

An act takes the dossier and the facts the person entered, checks them, sets columns, and returns the state that
follows. It raises `Refused` with a sentence for each field that is wrong; the caller undoes everything.
"""

from admissions.workflow.acts.appraisal import (
    ask_standing_committee,
    decide_admission,
    extend_limit,
    hold_dossier,
    propose_admission,
    receive_dossier,
    refuse_admission,
    resume_appraisal,
    return_dossier,
)
from admissions.workflow.acts.exits import (
    move_dossier,
    put_off_dossier,
    refer_upward,
    relist_candidate,
    withdraw_candidate,
)
from admissions.workflow.acts.probation import (
    agree_conversion,
    annul_decision,
    fail_conversion,
    hand_over_decision,
    hold_ceremony,
    leave_party,
    propose_conversion,
    recognise_member,
)
from admissions.workflow.acts.proposal import (
    record_application,
    record_base_agreement,
    record_base_refusal,
    record_branch_agreement,
    record_branch_refusal,
)

__all__ = [
    "agree_conversion",
    "annul_decision",
    "ask_standing_committee",
    "decide_admission",
    "extend_limit",
    "fail_conversion",
    "hand_over_decision",
    "hold_ceremony",
    "hold_dossier",
    "leave_party",
    "move_dossier",
    "propose_admission",
    "propose_conversion",
    "put_off_dossier",
    "receive_dossier",
    "recognise_member",
    "record_application",
    "record_base_agreement",
    "record_base_refusal",
    "record_branch_agreement",
    "record_branch_refusal",
    "refer_upward",
    "refuse_admission",
    "relist_candidate",
    "resume_appraisal",
    "return_dossier",
    "withdraw_candidate",
]
