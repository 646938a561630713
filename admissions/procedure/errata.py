"""Errata: dated corrections of released procedure files, each with its source (decision 21).

A released file never changes. A file in `errata/` names the versions that it corrects and says of each value what
stands in the released file and what is right; it is applied whenever the version is read.
"""

import tomllib
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from admissions.procedure.text import Text

FOLDER = Path(__file__).parent / "errata"

IDENTITY = {
    "clocks": lambda row: row["key"],
    "steps": lambda row: row["key"],
    "papers": lambda row: row["code"],
    "regulations": lambda row: f"{row['symbol']} {row['date']}",
}
"""What a path calls a row of each list of a version."""


class WrongErratum(ValueError):
    """An erratum does not fit the file that it corrects."""


@dataclass(frozen=True)
class Correction:
    """One value: the `path` to it, what the file says and what is right; None where there is no such value."""

    path: str
    wrong: Any = None
    right: Any = None


@dataclass(frozen=True)
class Addition:
    """One row that the file lacks: the list it joins, after which row ("" for the end), and the row itself."""

    to: str
    row: dict
    after: str = ""


@dataclass(frozen=True)
class Erratum:
    """One dated correction of one or several versions, applied in the order of `on` and `key`.

    `confidence` says how surely the source is known, as everywhere in the procedure files.
    """

    key: str
    on: date
    versions: tuple[str, ...]
    title: Text
    source: Text
    reason: Text
    confidence: str = "verified"
    corrections: tuple[Correction, ...] = ()
    additions: tuple[Addition, ...] = ()


def read_erratum(path: Path) -> Erratum:
    """Read one file; raises `TypeError` or `KeyError` on a word the shape does not know or lacks."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data |= {name: Text(**data[name]) for name in ("title", "source", "reason")}
    data["versions"] = tuple(data["versions"])
    data["corrections"] = tuple(Correction(**row) for row in data.get("corrections", ()))
    data["additions"] = tuple(Addition(**row) for row in data.get("additions", ()))
    return Erratum(key=path.stem, **data)


def load_errata(folder: Path | None = None) -> tuple[Erratum, ...]:
    """Every erratum in `folder`, or of those released, in the order in which they are applied."""
    return tuple(
        sorted(map(read_erratum, (folder or FOLDER).glob("*.toml")), key=lambda row: (row.on, row.key))
    )


def correct_version(data: dict[str, Any], erratum: Erratum) -> dict[str, Any]:
    """The version `data`, as read from its file, with `erratum` applied; `data` itself stays as it is.

    Raises `WrongErratum` where the file does not say what the erratum calls wrong.
    """
    corrected = deepcopy(data)
    for correction in erratum.corrections:
        _correct_value(corrected, correction, erratum)
    for addition in erratum.additions:
        _add_row(corrected, addition, erratum)
    return corrected


def _correct_value(data, correction, erratum):
    *way, last = correction.path.split(".")
    place, name = data, ""
    for word in way:
        place, name = _step(place, name, word, correction, erratum), word
    if not isinstance(place, dict):
        raise WrongErratum(f"{erratum.key}: {correction.path} leads to no value of {data['key']}")
    if place.get(last) != correction.wrong:
        raise WrongErratum(
            f"{erratum.key}: {correction.path} of {data['key']} is {place.get(last)!r},"
            f" not {correction.wrong!r}"
        )
    if correction.right is None:
        del place[last]
    else:
        place[last] = correction.right


def _step(place, name, word, correction, erratum):
    if isinstance(place, list):
        rows = [row for row in place if IDENTITY[name](row) == word]
        if rows:
            return rows[0]
    elif word in place:
        return place[word]
    raise WrongErratum(f"{erratum.key}: {correction.path} leads nowhere, there is no {word}")


def _add_row(data, addition, erratum):
    rows, identity = data[addition.to], IDENTITY[addition.to]
    names = [identity(row) for row in rows]
    if identity(addition.row) in names:
        raise WrongErratum(f"{erratum.key}: {data['key']} has {identity(addition.row)} already")
    if addition.after and addition.after not in names:
        raise WrongErratum(f"{erratum.key}: there is no {addition.after} in {data['key']}")
    rows.insert(names.index(addition.after) + 1 if addition.after else len(rows), dict(addition.row))
