"""Words in both languages of the interface, as the procedure files and their errata give them."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """Words in both languages of the interface; printed in the one that is active."""

    vi: str
    en: str

    def __str__(self):
        return self.en if get_language() == "en" else self.vi
