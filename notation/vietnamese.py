"""Vietnamese text: one spelling to store, one to search by, and the order of the Vietnamese alphabet.

Two databases sort Vietnamese in two wrong ways, so the order is a column (`sort_key`) written with the name.
"""

import unicodedata

APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4\u02bb\u2032"
"""Signs that people type for one: H'Lan, H’Lan, HʼLan. The first is stored; none counts in searching and sorting."""
HYPHENS = "-\u2010\u2011\u2012\u2013"
"""The first is stored; in searching and sorting they are spaces: Kơ-Nơm, Kơ Nơm."""
ONE_SIGN = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
SIGNS_ASIDE = str.maketrans(dict.fromkeys(APOSTROPHES, "") | dict.fromkeys(HYPHENS, " "))

LETTERS = {letter: index for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
TONES = {mark: index for index, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
"""huyền, hỏi, ngã, sắc, nặng; ngang (no mark) comes first."""


def clean(text: str) -> str:
    """The spelling that is stored: NFC, single spaces, no control or format characters.

    Zero-width characters vanish; any other run of white space or control characters becomes one space.
    """
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def clean_name(text: str) -> str:
    """The spelling in which a person's name is stored: as `clean`, with one apostrophe and one hyphen."""
    return clean(text.translate(ONE_SIGN))


def fold(text: str) -> str:
    """The spelling to search by: lower case, no marks, đ as d, apostrophes aside ("Đỗ H'Lan" → "do hlan")."""
    decomposed = unicodedata.normalize("NFD", clean(text).casefold().replace("đ", "d"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.translate(SIGNS_ASIDE).split())


def _word_key(word: str) -> tuple[str, str]:
    """The letters of a syllable, and its tone, wherever the mark stands: Hoà beside Hòa."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.casefold()):
        marks = unicodedata.normalize("NFD", char)
        tones += [str(TONES[m]) for m in marks if m in TONES]
        base = unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES))
        letters.append(
            f"{LETTERS[base]:02d}" if base in LETTERS else f"99{base}" if base.isalpha() else f"00{base}"
        )
    return "".join(letters), "".join(tones) or "0"


def _words(text):
    return clean(text.translate(SIGNS_ASIDE)).split()


def sort_key(text: str) -> str:
    """A string that sorts by code point as `text` sorts in Vietnamese: letters first, then the tones of its words.

    The end of the letters comes before the gap between words, and that before every letter: Hà, Hà Nam, Hàm.
    """
    keys = [_word_key(word) for word in _words(text)]
    return "!".join(k for k, _ in keys) + " " + "!".join(t for _, t in keys)


def name_key(full_name: str) -> str:
    """The sort key of a person's name: given name (the last word), then family name, then the middle.

    All of Anh stand before all of Ánh, whatever their families.
    """
    words = _words(full_name)
    return '"'.join(sort_key(" ".join(part)) for part in (words[-1:], words[:-1][:1], words[1:-1]))
