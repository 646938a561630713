"""The fingerprint of a closing: SHA-256 over a canonical listing of its entries."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from admissions.models import AdmissionFacts
from admissions.models.admission_facts import LATER
from reports.models.closing import PERSON, ClosedAdmission, QuarterClosing

LISTED = (
    "year",
    "serial",
    "decision_number",
    *(name for name in PERSON if name != "born_precision"),
    "admitted_branch__code",
    "admitted_commune__code",
    *(field.name for field in AdmissionFacts._meta.local_fields if not field.is_relation),
)
"""The cells of a line of the canonical listing, in order."""
APART = "\x1f"


def compute_fingerprint(quarter: QuarterClosing) -> str:
    """The SHA-256 of the canonical listing, 64 hexadecimal digits.

    The listing is UTF-8 in form NFC. Its first line is "YEAR-qN", the separator and "decision" or "ceremony"; then
    comes a line for each entry, by year and serial of its dossier, with the cells of `LISTED`: dates as ISO 8601,
    a date of birth as far as it is known (1991-05, 1991), true and false as 1 and 0, what is missing as nothing; a
    fact that was not kept yet (`LATER`) has no cell. Cells are separated by U+001F, lines end with U+000A; inside a
    cell a backslash and every character below U+0020 are written as a backslash and four hexadecimal digits, so that
    neither separator occurs there.
    """
    digest = hashlib.sha256()
    digest.update(canonical_line((f"{quarter.year}-q{quarter.number}", quarter.counted_by)))
    rows = ClosedAdmission.objects.filter(quarter=quarter).order_by("year", "serial", "dossier")
    place, parts = LISTED.index("born_on"), {"year": 4, "month": 7, "day": 10}
    for *cells, precision in rows.values_list(*LISTED, "born_precision").iterator(chunk_size=5000):
        cells[place] = cells[place].isoformat()[: parts[precision]]
        digest.update(canonical_line(_without_unknown(cells)))
    return digest.hexdigest()


def _without_unknown(row):
    """The cells of a line without the last ones that its closing was too early to know."""
    known = len(LISTED) - len(LATER)
    return (*row[:known], *(value for value in row[known:] if value is not None))


def canonical_line(cells: Iterable) -> bytes:
    """One line of the canonical listing, as bytes."""
    return (APART.join(map(_cell, cells)) + "\n").encode()


_ODD = re.compile(r"[\x00-\x1f\\]")
_ESCAPED = {code: f"\\{code:04x}" for code in (*range(32), ord("\\"))}


def _cell(value):
    if value is None:
        return ""
    if value is True or value is False:
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    text = unicodedata.normalize("NFC", value if isinstance(value, str) else str(value))
    return text.translate(_ESCAPED) if _ODD.search(text) else text
