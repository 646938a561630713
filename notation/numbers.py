"""How numbers are written here, in Vietnamese and in English; nothing is a dash."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language

NOTHING = "–"
MINUS = "\u2212"


def format_number(number: int | float | Decimal | None) -> str:
    """A number as the reader's language writes it: 1.234,5 or 1,234.5; nothing is a dash."""
    if number is None:
        return NOTHING
    if isinstance(number, int) and -1000 < number < 1000:
        return str(int(number)).replace("-", MINUS)  # most of them; nothing to group in any language
    return _written(number, str(number), get_language())


@lru_cache(maxsize=4096)
def _written(number, text, language):
    # `text` tells 1.0 from 1.00, which are equal; a page writes the same few hundred numbers again and again.
    return number_format(number, use_l10n=True, force_grouping=True).replace("-", MINUS)


def format_percent(value: int | float | Decimal | None, digits: int = 1) -> str:
    """A Decimal of per cent with `digits` decimals, half up: "109,8%"; nothing is a dash."""
    if value is None:
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{format_number(rounded)}%"


def format_signed(number: int | float | Decimal | None) -> str:
    """A difference with its sign: +5, −10, 0."""
    if number is None:
        return NOTHING
    return f"+{format_number(number)}" if number > 0 else format_number(number)


def format_signed_percent(value: int | float | Decimal | None) -> str:
    if value is None:
        return NOTHING
    return f"+{format_percent(value)}" if value > 0 else format_percent(value)


def roman_numeral(number: int) -> str:
    """A number from 1 to 39 in Roman figures."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def width_percent(part: float, whole: float) -> str:
    """`part` of `whole` as the width of a drawing: "83.33%", with a point in every language."""
    return f"{part * 100 / whole:.2f}%"
