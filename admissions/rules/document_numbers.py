"""Numbers of documents: each body counts its kinds of documents from 01 through its term (docs/domain.md, rule 37).

The register knows only the documents of this work; a body makes others under the same symbol. A gap is therefore
shown, never an error.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Document, Dossier, deciding_body_of
from admissions.rules.unit_of_day import branch_of_day
from branches.kinds import KIND_WORDS, Kind
from branches.models import Organisation, term_since
from notation.dates import dmy, today

NUMBER = re.compile(r"(\d{1,4})\s*-\s*(\S.*)")


def parse_number(number: str) -> tuple[int, str] | None:
    """(serial, symbol) of a number as printed: (14, "NQ/CB"); None when it has another form."""
    match = NUMBER.fullmatch(number.strip())
    return (int(match[1]), match[2]) if match and int(match[1]) else None


def issuing_unit(dossier: Dossier, body: Body, on: date | None = None) -> Organisation:
    """The unit whose `body` ("branch", "base", "standing") makes documents on `dossier`: today, or on the day `on`."""
    branch = branch_of_day(dossier, on) if on else dossier.branch
    if body == Body.BRANCH:
        return branch
    base = dossier.commune if branch.pk == dossier.branch_id else branch.base_organisation
    if body == Body.BASE:
        return base
    return deciding_body_of(base, on or today())[0]


def register_number(dossier: Dossier, body: Body, number: str, on: date) -> Document | None:
    """Enter the document `number` of `on` in its issuer's register, with `dossier` in it; returns the row or None.

    A number of another form ("không số") is not registered. Raises `Refused` when the term has this number on
    another day already.
    """
    if not (parsed := parse_number(number)):
        return None
    serial, symbol = parsed
    issuer = issuing_unit(dossier, body, on)
    row, made = Document.objects.get_or_create(
        issuer=issuer,
        symbol=symbol,
        term_since=term_since(issuer, on),
        serial=serial,
        defaults={"number": number, "dated_on": on},
    )
    if not made and row.dated_on != on:
        words = _("Số %(number)s của %(issuer)s đã dùng ngày %(day)s; số tiếp theo là %(next)s.")
        values = {"number": row.number, "issuer": issuer.title, "day": dmy(row.dated_on)}
        raise Refused({"number": words % {**values, "next": propose_number(issuer, symbol, on)}})
    row.dossiers.add(dossier)
    return row


def propose_number(issuer: Organisation, symbol: str, on: date) -> str:
    """The number after the last one of the term: "01-NQ/CB" when there is none yet."""
    rows = Document.objects.filter(issuer=issuer, symbol=symbol, term_since=term_since(issuer, on))
    last = rows.order_by("-serial").values_list("serial", flat=True).first() or 0
    return format_document_number(last + 1, symbol)


def propose_number_for(dossier: Dossier, body: Body, on: date) -> str:
    """The next number for a document of `body` on `dossier`, with the symbol of the procedure that binds it."""
    unit = issuing_unit(dossier, body, on)
    votes_as = deciding_body_of(dossier.commune, on)[1] if body == Body.STANDING else body
    symbol = symbol_of_issuer(procedure.version_of(dossier).vote_of(votes_as).symbol, unit)
    return propose_number(unit, symbol, on)


def symbol_of_issuer(symbol: str, issuer: Organisation) -> str:
    """`symbol` of a procedure file ("QĐ/HU") as `issuer` writes it: a city's committee "QĐ/ThU"."""
    kind, slash, committee = symbol.rpartition("/")
    if not slash or committee != KIND_WORDS[Kind.DISTRICT].symbol:
        return symbol
    return f"{kind}/{KIND_WORDS[issuer.kind].symbol}"


def format_document_number(serial: int, symbol: str) -> str:
    """A number as printed, two digits at least."""
    return f"{serial:02d}-{symbol}"


def following_number(number: str, steps: int) -> str:
    """The number `steps` after `number`; the same text when it is of another form."""
    if not (parsed := parse_number(number)):
        return number
    return format_document_number(parsed[0] + steps, parsed[1])


@dataclass(frozen=True)
class Book:
    """One issuer's documents of one symbol in one term: rows by number, and the numbers between that are not there."""

    symbol: str
    term_since: date
    documents: list[Document]
    gaps: list[tuple[int, int]]


def number_books(issuer: Organisation) -> list[Book]:
    """The books of `issuer`, the latest term first."""
    rows: dict[tuple[date, str], list[Document]] = {}
    for row in issuer.documents.prefetch_related("dossiers__candidate"):
        rows.setdefault((row.term_since, row.symbol), []).append(row)
    return [
        Book(symbol, since, documents, _gaps([row.serial for row in documents]))
        for (since, symbol), documents in sorted(rows.items(), key=lambda item: item[0], reverse=True)
    ]


def _gaps(serials):
    """Numbers missing between 1 and the last one, as (first, last) pairs."""
    pairs, before = [], 0
    for serial in serials:
        if serial > before + 1:
            pairs.append((before + 1, serial - 1))
        before = serial
    return pairs
