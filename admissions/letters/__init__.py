"""Statutory documents made from a dossier: Word files with its values in full sentences.

The default templates are written by scripts/letter_templates; a district may put its own in their place.
"""

from admissions.letters.context import available, context, day_of, missing
from admissions.letters.kinds import KINDS, LABELS, placeholders
from admissions.letters.layouts import Layout, layout_for
from admissions.letters.registry import ALL
from admissions.letters.word import check, default_template, render

__all__ = [
    "ALL",
    "KINDS",
    "LABELS",
    "Layout",
    "available",
    "check",
    "context",
    "day_of",
    "default_template",
    "layout_for",
    "missing",
    "placeholders",
    "render",
]
