"""Tables that are read by state: none leaves a state out."""

from itertools import product

from admissions.choices import Body
from admissions.forms.meetings import FIRST_NUMBER, MEMBERS
from admissions.meetings import RIGHTS
from admissions.models import Vote
from admissions.states import DATES, MARKS, State
from admissions.workflow.acts.guards import STEP_OF
from notation.badges import SHAPES


def test_every_state_has_a_mark_that_can_be_drawn():
    assert set(MARKS) == set(State)
    assert set(MARKS.values()) <= set(SHAPES)


def test_every_body_has_its_rights_and_its_words():
    assert set(RIGHTS) == set(MEMBERS) == set(FIRST_NUMBER) == set(Body)


def test_every_ballot_belongs_to_a_step():
    assert set(STEP_OF) == set(product(Body, Vote.Purpose))


def test_what_the_database_orders_the_acts_check_too():
    assert all(date.checked_by_acts for date in DATES if date.held_by_database)
