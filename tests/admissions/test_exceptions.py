"""What several guards refuse is gathered and raised at once."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from admissions.exceptions import Refused, Stale, gather_refusals


def refuse(*errors):
    """Ask one guard for each of `errors`, which raises it."""
    with gather_refusals() as refusals:
        for error in errors:
            with refusals:
                raise error


def test_each_field_keeps_its_sentences_once_and_in_order():
    with pytest.raises(Refused) as refusal:
        refuse(Refused({"on": ["a", "b"]}), Refused({"number": "c"}), Refused({"on": "b"}), Refused("d"))
    assert refusal.value.by_field == {"on": ["a", "b"], "number": ["c"], NON_FIELD_ERRORS: ["d"]}


def test_sentences_of_no_field_alone_are_plain_ones():
    with pytest.raises(Refused) as refusal:
        refuse(Refused("a"), Refused(["b", "a"]))
    assert refusal.value.messages == ["a", "b"]
    assert not hasattr(refusal.value, "error_dict")


def test_nothing_is_raised_where_nothing_is_refused():
    refuse()


@pytest.mark.parametrize("error", [Stale("a"), ValueError("b")])
def test_what_is_no_refusal_goes_through_at_once(error):
    with pytest.raises(type(error)):
        refuse(Refused("a"), error)
