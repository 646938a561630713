"""The base of a meeting's votes: those summoned less those left out, whoever came."""

from hypothesis import given
from hypothesis import strategies as st

from admissions import procedure
from admissions.choices import Body, Exclusion
from admissions.models import Meeting

few = st.integers(0, 5)


@given(
    st.integers(31, 200), st.fixed_dictionaries({kind.value: few for kind in Exclusion}), st.integers(0, 31)
)
def test_the_base_is_the_members_less_all_who_are_left_out(members, excluded, present):
    meeting = Meeting(members=members, present=present, **excluded)
    assert meeting.base == members - sum(excluded.values())
    assert sum(number for _kind, number, _why in meeting.exclusions) == meeting.excluded
    rule = procedure.get_version("qd294-2025").votes[Body.BRANCH]
    needed = rule.needed(meeting.base)
    assert 3 * needed >= 2 * meeting.base > 3 * (needed - 1)


def test_only_kinds_with_someone_are_told_with_their_reason():
    meeting = Meeting(
        members=20, present=15, suspended=1, exclusion_reasons={"suspended": "đ/c A", "away": "x"}
    )
    assert meeting.exclusions == [(Exclusion.SUSPENDED, 1, "đ/c A")]
