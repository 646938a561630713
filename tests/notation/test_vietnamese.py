"""Vietnamese text: one spelling, marks aside when searching, and the order of the alphabet."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.vietnamese import APOSTROPHES, HYPHENS, clean, clean_name, fold, name_key, sort_key


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
        ("H'Lan Niê", "hlan nie"),
        ("Kơ-Nơm", "ko nom"),
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


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_all_apostrophes_are_one_sign(sign):
    assert clean_name(f"H{sign}Lan Niê") == "H'Lan Niê"
    assert fold(f"H{sign}Lan Niê") == fold("hlan nie")
    assert name_key(f"H{sign}Lan Niê") == name_key("H'Lan Niê") == name_key("HLan Niê")


@pytest.mark.parametrize("sign", HYPHENS)
def test_a_hyphen_is_stored_as_one_and_counts_as_a_space(sign):
    assert clean_name(f"Kơ{sign}Nơm") == "Kơ-Nơm"
    assert fold(f"Kơ{sign}Nơm") == "ko nom"
    assert name_key(f"Y{sign}Bhăm") == name_key("Y Bhăm")


@pytest.mark.parametrize(
    "order",
    [
        [{"Hoà", "Hòa"}, {"Hoả", "Hỏa"}, {"Hoá", "Hóa"}],
        [{"Thuý", "Thúy"}, {"Thuỵ", "Thụy"}],
        [{"Khoẻ", "Khỏe"}, {"Khoé", "Khóe"}],
        [{"Nguyễn Thị Hoà", "Nguyễn Thị Hòa"}, {"Nguyễn Thị Hoá"}],
    ],
)
def test_the_tone_counts_once_wherever_its_mark_stands(order):
    keys = [{name_key(name) for name in names} for names in order]
    assert all(len(same) == 1 for same in keys)
    assert [min(same) for same in keys] == sorted(min(same) for same in keys)


@given(st.text(max_size=40))
def test_a_name_cleaned_twice_is_as_cleaned_once_and_folds_alike(text):
    assert clean_name(clean_name(text)) == clean_name(text)
    assert fold(clean_name(text)) == fold(text)
