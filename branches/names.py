"""Names as they are spoken: what is typed with its title before it gives the same name as without."""

from branches.kinds import KIND_WORDS
from branches.models import TITLE_HEADS, Organisation, Tier
from notation.vietnamese import clean

HEADS = ("Chi bộ cơ sở", "Chi bộ", "Đảng bộ bộ phận", "Đảng bộ cơ sở", "Đảng bộ", "Đảng ủy")
"""What a title begins with; the longest first."""


def spoken_name(typed: str, kind: str) -> str:
    """The name in "Chi bộ thôn Mới", "thôn Mới" or "Mới", which the kind "village" makes "Chi bộ thôn Mới" of.

    A name that is nothing but such words stays as it was typed.
    """
    name = clean(typed)
    words = KIND_WORDS.get(kind)
    for head in (*HEADS, words.place if words else "", words.short if words else ""):
        if head and (rest := _without(name, head)):
            name = rest
    return name


def _without(name, head):
    """`name` after `head` and a space, "" where it does not begin with it."""
    return name[len(head) :].strip() if name.casefold().startswith(f"{head} ".casefold()) else ""


def strip_title(title: str, unit: Organisation) -> str:
    """The title without the word for what the unit is: "thôn Thiệu Tổ 2" of "Chi bộ thôn Thiệu Tổ 2"."""
    head = "Chi bộ" if unit.is_branch else TITLE_HEADS.get(Tier(unit.tier), "Đảng bộ")
    return _without(title, head) or title
