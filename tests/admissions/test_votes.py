"""Votes as whole numbers: the share of a base, the identities of a ballot, for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.exceptions import Refused
from admissions.procedure.spec import Text, VoteRule
from admissions.workflow.acts.guards import check_ballot

shares = st.tuples(st.integers(1, 4), st.integers(1, 5)).filter(lambda s: s[0] <= s[1])
people = st.integers(0, 60)


def rule(numerator, denominator, strict=False):
    return VoteRule("NQ/CB", numerator, denominator, Text("đảng viên", "members"), "điều 1", strict)


@given(shares, st.booleans(), st.integers(1, 400), st.integers(0, 400))
def test_a_vote_passes_exactly_when_the_fraction_does(share, strict, base, agree):
    n, d = share
    reached = d * agree > n * base if strict else d * agree >= n * base
    assert rule(n, d, strict).passes(agree, base) is reached


@given(shares, st.booleans(), st.integers(1, 400))
def test_the_number_needed_is_the_least_that_passes(share, strict, base):
    found = rule(*share, strict)
    needed = found.needed(base)
    assert found.passes(needed, base)
    assert not found.passes(needed - 1, base)


@given(st.integers(1, 400), st.integers(0, 400))
def test_the_printed_arithmetic_is_true(base, agree):
    for strict in (False, True):
        left, sign, right = rule(2, 3, strict).arithmetic(agree, base).replace(" × ", "*").partition(" = ")
        assert eval(left) == 3 * agree
        value, sign, other = right.split(" ", 2)
        a, b = int(value), int(other.rpartition(" = ")[2])
        assert {"≥": a >= b, "<": a < b, ">": a > b, "≤": a <= b}[sign]


@given(members=people, excluded=people, present=people, agree=people, disagree=people)
def test_a_ballot_is_taken_exactly_when_its_identities_hold(members, excluded, present, agree, disagree):
    ballot = {
        "members": members,
        "excluded": excluded,
        "present": present,
        "agree": agree,
        "disagree": disagree,
    }
    base = members - excluded
    if base > 0 and present <= base and agree + disagree <= present:
        assert check_ballot(**ballot) == base
        assert agree <= base
    else:
        with pytest.raises(Refused) as refusal:
            check_ballot(**ballot)
        (field,) = refusal.value.message_dict
        assert field == ("excluded" if base <= 0 else "present" if present > base else "agree")
