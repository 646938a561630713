"""Statutory documents made from a dossier: Word files with its values in full sentences.

The default templates are written by scripts/letter_templates; a district may put its own in their place.
"""

from admissions.letters.context import available_letters, date_of_letter, letter_context, missing_values
from admissions.letters.kinds import KINDS, LABELS, placeholders_of, title_of
from admissions.letters.layouts import Layout, layout_for
from admissions.letters.made import OutdatedLetter, note_made_letter, outdated_letters
from admissions.letters.registry import ALL
from admissions.letters.word import check_template, default_template, render_letter

__all__ = [
    "ALL",
    "KINDS",
    "LABELS",
    "Layout",
    "OutdatedLetter",
    "available_letters",
    "check_template",
    "date_of_letter",
    "default_template",
    "layout_for",
    "letter_context",
    "missing_values",
    "note_made_letter",
    "outdated_letters",
    "placeholders_of",
    "render_letter",
    "title_of",
]
