"""Which documents were made from a dossier, and which of them say what is not right any more."""

from dataclasses import dataclass

from django.utils.timezone import localtime

from accounts.models import User
from admissions import procedure
from admissions.letters.context import available_letters, letter_context
from admissions.letters.kinds import LABELS, title_of
from admissions.models import Dossier, MadeLetter


@dataclass(frozen=True)
class OutdatedLetter:
    """The last file of a kind that was made, and where it differs: [(label, what it says, what is right now)].

    A document that makes no sense any more for the dossier has no differences: `gone`.
    """

    letter: MadeLetter
    differences: list[tuple[str, str, str]]
    gone: bool = False

    @property
    def title(self) -> str:
        return title_of(self.letter.kind, procedure.version_of(self.letter.dossier))


def note_made_letter(kind: str, dossier: Dossier, user: User) -> MadeLetter:
    """Keep what a document said that was just made."""
    return MadeLetter.objects.create(
        dossier=dossier, kind=kind, by=user, values=letter_context(kind, dossier)
    )


def outdated_letters(dossier: Dossier) -> list[OutdatedLetter]:
    """Of each kind the last file, where `dossier` as it stands would make another."""
    latest: dict[str, MadeLetter] = {}
    for row in MadeLetter.objects.filter(dossier=dossier):
        latest.setdefault(row.kind, row)
    possible = available_letters(dossier) if latest else []
    outdated = []
    for kind, row in latest.items():
        if kind not in possible:
            outdated.append(OutdatedLetter(row, [], gone=True))
        elif differences := _differences(row, dossier):
            outdated.append(OutdatedLetter(row, differences))
    return outdated


def _differences(row, dossier):
    values = letter_context(row.kind, dossier, localtime(row.at).date())
    return [
        (str(LABELS[name]), before, values.get(name, ""))
        for name, before in row.values.items()
        if name in LABELS and before.strip() and values.get(name, "") != before
    ]
