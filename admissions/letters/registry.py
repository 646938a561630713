"""Which Word templates a district may replace: those of the letters, and what other parts of the register add.

An app above this one adds its own when it starts (`register_template`); the page of templates lists them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.functional import Promise

from admissions.letters.kinds import KINDS, LABELS, placeholders_of
from admissions.letters.layouts import layout_for

LETTERS = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Replaceable:
    """One document: its title, {name: what it holds} of all it may use, and `folder`/LAYOUT/KEY.docx built in.

    The names in `whole` stand for paragraphs and tables: a template writes {{p name }} on a line of its own.
    """

    key: str
    title: Promise
    labels: dict
    folder: Path
    whole: tuple[str, ...] = ()

    @property
    def names(self) -> Iterable[tuple[str, str]]:
        """[(placeholder as it is typed, what it holds)] in the order of the labels."""
        marks = {name: "p" if name in self.whole else "" for name in self.labels}
        return [(f"{{{{{marks[name]} {name} }}}}", label) for name, label in self.labels.items()]

    def built_in(self, day: date) -> bytes:
        """The template that comes with the layout of `day`."""
        return (self.folder / layout_for(day).key / f"{self.key}.docx").read_bytes()


def _letter(kind):
    placeholders = placeholders_of(kind)
    labels = {name: label for name, label in LABELS.items() if name in placeholders}
    return Replaceable(kind, KINDS[kind], labels, LETTERS)


ALL = {kind: _letter(kind) for kind in KINDS}
"""Every document with a template, by its key, in the order of the page."""


def register_template(row: Replaceable) -> None:
    """Add a document of another app; a key that is there already keeps its row."""
    ALL.setdefault(row.key, row)
