"""What each act does to a dossier. Only `workflow` calls these, inside its transaction.

An act takes the dossier and the facts the person entered, checks them, sets columns, and returns the state that
follows. It raises `Refused` with a sentence for each field that is wrong; the caller undoes everything.
"""

from admissions.workflow.acts.appraisal import (
    ask,
    decide,
    extend,
    give_back,
    hold,
    put_forward,
    receive,
    refuse,
    resume,
)
from admissions.workflow.acts.exits import move, refer, relist, set_aside, withdraw
from admissions.workflow.acts.probation import (
    annul,
    ceremony,
    conversion_agreed,
    conversion_failed,
    conversion_proposed,
    convert,
    hand_over,
    leave,
)
from admissions.workflow.acts.proposal import (
    apply,
    base_agrees,
    base_declines,
    branch_agrees,
    branch_declines,
)

__all__ = [
    "annul",
    "apply",
    "ask",
    "base_agrees",
    "base_declines",
    "branch_agrees",
    "branch_declines",
    "ceremony",
    "conversion_agreed",
    "conversion_failed",
    "conversion_proposed",
    "convert",
    "decide",
    "extend",
    "give_back",
    "hand_over",
    "hold",
    "leave",
    "move",
    "put_forward",
    "receive",
    "refer",
    "refuse",
    "relist",
    "resume",
    "set_aside",
    "withdraw",
]
