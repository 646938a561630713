"""Three versions of a form brought together: what was read, what was typed, what stands there now."""

from hypothesis import given
from hypothesis import strategies as st

from notation.stale import merge_texts, pack_read, typed_texts, unpack_read

NAMES = ("a", "b", "c", "d")
WORDS = st.sampled_from(["", "on", "một", "hai", "ba"])
TEXTS = st.fixed_dictionaries(dict.fromkeys(NAMES, WORDS))


@given(read=TEXTS, typed=TEXTS, now=TEXTS)
def test_neither_of_two_people_loses_a_word(read, typed, now):
    merge = merge_texts(typed, read, now)
    for name in NAMES:
        if typed[name] != read[name]:
            assert merge.texts[name] == typed[name], "what was typed stays in its field"
        if now[name] != read[name]:
            assert now[name] in (merge.texts[name], merge.differ.get(name)), "what the other wrote is seen"
        if name in merge.taken:
            assert merge.texts[name] == now[name] != read[name]


@given(read=TEXTS, typed=TEXTS)
def test_where_nobody_else_wrote_nothing_is_said(read, typed):
    merge = merge_texts(typed, read, read)
    assert (merge.texts, merge.taken, merge.differ) == (typed, {}, {})


@given(typed=TEXTS, now=TEXTS)
def test_without_what_was_read_every_difference_is_asked(typed, now):
    merge = merge_texts(typed, {}, now)
    assert merge.differ == {name: now[name] for name in NAMES if now[name] != typed[name]}


@given(TEXTS)
def test_what_is_packed_is_unpacked(texts):
    assert unpack_read({"read": pack_read(texts)}) == texts


def test_what_is_no_packed_form_reads_as_nothing():
    for text in ("", "x", "[]", "3", '{"a": 1}', "null"):
        assert unpack_read({"read": text}) == {}
    assert unpack_read({}) == {}


def test_a_field_that_was_not_sent_was_not_touched():
    now = {"a": "một", "b": "on", "c": ""}
    assert typed_texts({"c": "hai"}, now) == {"a": "một", "b": "on", "c": "hai"}
    assert typed_texts({"c": "hai", "read": "{}"}, now) == {"a": "một", "b": "", "c": "hai"}
