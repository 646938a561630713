"""Words in both languages of the interface, as the procedure files and their errata give them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from branches.kinds import KIND_WORDS, Kind

WRITTEN = KIND_WORDS[Kind.DISTRICT].committee
"""What the procedure files call the committee above: they are written for a rural district."""
COMMITTEES = tuple(words.committee for words in KIND_WORDS.values() if words.committee)


@dataclass(frozen=True)
class Text:
    """Words in both languages of the interface; printed in the one that is active.

    Where the installation is a city's or a town's, the committee has its own name ("Thành ủy", by `DISTRICT_NAME`).
    """

    vi: str
    en: str

    def __str__(self):
        if get_language() == "en":
            return self.en
        own = next((name for name in COMMITTEES if settings.DISTRICT_NAME.startswith(name)), WRITTEN)
        return self.vi.replace(WRITTEN, own)
