"""Vietnamese text: one spelling, marks aside when searching, and the order of the alphabet."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.vietnamese import clean, fold, name_key, sort_key


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (unicodedata.normalize("NFD", "Đỗ Thị Bình"), "Đỗ Thị Bình"),
        ("  Nguyễn   Văn\tAn\n", "Nguyễn Văn An"),
        ("Lê\u00a0Thị\u200b Hoa", "Lê Thị Hoa"),
        ("Lê\x07 Hoa", "Lê Hoa"),
    ],
)
def test_one_spelling_is_stored(typed, stored):
    assert clean(typed) == stored


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đỗ Thị Bình", "do thi binh"),
        ("ƯỚC MƠ", "uoc mo"),
        ("H'Lan Niê", "h'lan nie"),
        ("Rơ Châm", "ro cham"),
    ],
)
def test_rule_39_search_knows_no_marks(text, folded):
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == folded


def test_letters_come_in_the_order_of_the_alphabet_and_tones_after_them():
    order = [
        "a",
        "à",
        "ả",
        "ã",
        "á",
        "ạ",
        "ă",
        "ằ",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    mixed = random.Random(1).sample(order, len(order))
    assert sorted(mixed, key=sort_key) == order


def test_a_shorter_word_comes_before_a_longer_one_that_begins_alike():
    assert sorted(["Hàm", "Hà", "Hà Nam"], key=sort_key) == ["Hà", "Hà Nam", "Hàm"]


def test_rule_39_people_are_sorted_by_given_name_then_family_then_middle():
    people = [
        "Trần Văn An",
        "Lê Thị Ánh",
        "Đỗ Văn An",
        "Nguyễn Anh",
        "Đỗ Thị An",
        "Trần Thị Đào",
        "Vũ Thị Dung",
    ]
    assert sorted(people, key=name_key) == [
        "Đỗ Thị An",
        "Đỗ Văn An",
        "Trần Văn An",
        "Nguyễn Anh",
        "Lê Thị Ánh",
        "Vũ Thị Dung",
        "Trần Thị Đào",
    ]


@given(st.text(max_size=40))
def test_any_text_can_be_cleaned_folded_and_sorted(text):
    assert clean(clean(text)) == clean(text)
    assert fold(clean(text)) == fold(text)
    assert isinstance(name_key(text), str)
