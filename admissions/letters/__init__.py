"""Statutory documents made from a dossier: Word files with its values in full sentences.

The default templates are written by scripts/letter_templates; a district may put its own in their place.
"""

from admissions.letters.context import available_letters, date_of_letter, letter_context, missing_values
from admissions.letters.kinds import KINDS, LABELS, placeholders_of
from admissions.letters.layouts import Layout, layout_for
from admissions.letters.registry import ALL
from admissions.letters.word import check_template, default_template, render_letter

__all__ = [
    "ALL",
    "KINDS",
    "LABELS",
    "Layout",
    "available_letters",
    "check_template",
    "date_of_letter",
    "default_template",
    "layout_for",
    "letter_context",
    "missing_values",
    "placeholders_of",
    "render_letter",
]
