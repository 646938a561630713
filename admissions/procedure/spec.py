"""The shape of a procedure file, and finding the version that binds.

A file in `versions/` is never changed once released: dossiers are bound to it. The next regulation is a new file; what
a released file has wrong is corrected by an erratum, which is applied whenever the version is read (`errata`).
"""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from admissions.procedure.errata import Erratum, correct_version, load_errata
from admissions.procedure.text import Text
from notation.dates import dmy, today

FOLDER = Path(__file__).parent / "versions"
Day = date
"""`date` inside a shape that has a column of that name."""

CERTIFICATE = "CN-NTVD"
"""The code of the awareness certificate, whose date the certificate's validity is reckoned from."""


class NoProcedure(LookupError):
    """No version is in force on a day, or none has the key."""


@dataclass(frozen=True)
class Regulation:
    """A document by its true key: number, symbol and date (numbers repeat every term).

    `since` and `until` are there where it was not in force through the whole time of the version.
    """

    symbol: str
    date: date
    title: Text
    since: Day | None = None
    until: Day | None = None

    def covers(self, day: Day) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Step:
    """A step as the dossier page lists it. It is done by the dossier's `date`, or without one by its `paper`.

    `makes` is the paper that recording the step puts into the dossier. `when` is the condition the step applies on;
    an `optional` one may be passed over unrecorded.
    """

    key: str
    title: Text
    actor: Text
    date: str
    note: Text | str = ""
    clock: str = ""
    makes: str = ""
    paper: str = ""
    when: str = "always"
    optional: bool = False
    confidence: str = "verified"


@dataclass(frozen=True)
class PaperRule:
    """A paper of the dossier: `form` as printed, `phase` by when it is due, `when` the condition it applies on.

    An `optional` one may be recorded and is never lacking.
    """

    code: str
    form: str
    title: Text
    issuer: Text
    phase: str
    when: str = "always"
    handwritten: bool = False
    optional: bool = False
    confidence: str = "verified"


@dataclass(frozen=True)
class VoteRule:
    """A share of all members of a body; integers only, and never of those present.

    `symbol` is what stands after the number of the document that the body makes: "NQ/CB". `exclusions` are the
    members whom the base leaves out, by the words of `admissions.choices.Exclusion`. `conversion_clause` fixes the
    share for conversion where `clause` does so for admission only.
    """

    symbol: str
    numerator: int
    denominator: int
    base: Text
    clause: str
    strict: bool = False
    confidence: str = "verified"
    conversion_clause: str = ""
    exclusions: tuple[str, ...] = ("away", "exempt")
    exclusions_clause: str = ""

    def is_certain(self, conversion: bool = False) -> bool:
        """Whether the share was read in the regulation itself, for a vote on conversion or on admission."""
        return self.confidence == "verified" or (conversion and bool(self.conversion_clause))

    def needed(self, base: int) -> int:
        """The fewest votes that reach the share of `base` members: 6 of 9, 7 of 10 for two thirds.

        A `strict` share has to be exceeded: 6 of 11 and 6 of 10 for more than a half.
        """
        return -(-(base * self.numerator + self.strict) // self.denominator)

    def passes(self, agree: int, base: int) -> bool:
        return agree >= self.needed(base)

    def arithmetic(self, agree: int, base: int) -> str:
        """The comparison as one would do it by hand: "3 × 15 = 45 ≥ 2 × 18 = 36"."""
        n, d = self.numerator, self.denominator
        passed = self.passes(agree, base)
        sign = (">" if passed else "≤") if self.strict else ("≥" if passed else "<")
        return f"{d} × {agree} = {d * agree} {sign} {n} × {base} = {n * base}"


@dataclass(frozen=True)
class Clock:
    """A limit: `length` in `unit` ("working_days" or "months") from the day in the dossier's `anchor` column.

    `anchor` and `met_by` name a date column, or the date of a paper: "paper:YC-TTLL". What is `met_by` nothing runs
    with a state of the dossier; the others warn until they are met, unless they are `quiet`. `redo` are the papers
    that are made anew when the limit has passed, which starts it again. `extension` is how many units it may be
    extended by, once, with a reason; 0 when it may not. With `stops_on_return` the days that the dossier spends
    returned are not counted.
    """

    key: str
    title: Text
    length: int
    unit: str
    anchor: str
    anchor_name: Text
    clause: str
    note: Text | str = ""
    met_by: str = ""
    redo: tuple[str, ...] = ()
    quiet: bool = False
    extension: int = 0
    stops_on_return: bool = False
    confidence: str = "verified"


@dataclass(frozen=True)
class Conditions:
    """What a candidate must fulfil when the branch meets; ages in months, seniority of introducers in months.

    `age_max_by` says how the highest age is counted: by "month", or by "year" as before 2016. Education below the
    least stops the vote when `education_blocks`, unless the reason for an exception is recorded.
    """

    age_min_months: int
    age_max_months: int
    education_min: str
    certificate_months: int
    education_blocks: bool
    age_max_by: str
    introducer_months: int
    official_members_min: int
    clause: str
    confidence: str = "verified"

    @property
    def age_min_years(self) -> int:
        return self.age_min_months // 12

    @property
    def binding(self) -> bool:
        """Whether what is not met stops the vote: only what was read in the regulation itself does."""
        return self.confidence == "verified"


@dataclass(frozen=True)
class Readmission:
    """When someone who left the Party may be admitted again: after how many months, and after what never."""

    months: int
    months_after_minor_crime: int
    excluded: tuple[str, ...]
    clause: str
    confidence: str = "verified"


@dataclass(frozen=True)
class Version:
    """One set of regulations in force from `in_force_from` to `in_force_to` (None: until further notice).

    `errata` are those applied to what its file says.
    """

    key: str
    name: str
    in_force_from: date
    in_force_to: date | None
    deciding_body: Text
    conversion_votes: int
    phases_that_block: tuple[str, ...]
    regulations: tuple[Regulation, ...]
    conditions: Conditions
    readmission: Readmission
    votes: dict[str, VoteRule]
    clocks: tuple[Clock, ...]
    steps: tuple[Step, ...]
    papers: tuple[PaperRule, ...]
    errata: tuple[Erratum, ...] = ()

    def clock(self, key: str) -> Clock:
        """The clock named `key`; raises `KeyError` when this version has none."""
        return {clock.key: clock for clock in self.clocks}[key]

    def has_clock(self, key: str) -> bool:
        return any(clock.key == key for clock in self.clocks)

    def paper_of(self, step: str) -> str:
        """The code of the paper that `step` makes, "" when it makes none."""
        return next((row.makes for row in self.steps if row.key == step), "")

    def regulations_on(self, day: date) -> list[Regulation]:
        """The regulations of the version that were in force on `day`."""
        return [row for row in self.regulations if row.covers(day)]

    def vote_of(self, body: str) -> VoteRule:
        """The rule for the vote of `body`; an authorised base committee without one votes as base committees do."""
        return self.votes.get(body) or self.votes["base"]

    def covers(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


LISTS = {"regulations": Regulation, "clocks": Clock, "steps": Step, "papers": PaperRule}


def build_version(data: dict[str, Any], errata: tuple[Erratum, ...] = ()) -> Version:
    """The version that a file's `data` describe, corrected by `errata` in their order.

    Raises `TypeError` or `KeyError` on a word the shape does not know or lacks, `WrongErratum` on an erratum that does
    not fit.
    """
    for erratum in errata:
        data = correct_version(data, erratum)
    data = dict(data, errata=errata)
    for name, shape in LISTS.items():
        data[name] = tuple(shape(**_tuples(_words(row))) for row in data[name])
    data["votes"] = {body: VoteRule(**_tuples(_words(rule))) for body, rule in data["votes"].items()}
    data["conditions"] = Conditions(**data["conditions"])
    data["readmission"] = Readmission(**_tuples(data["readmission"]))
    data["phases_that_block"] = tuple(data["phases_that_block"])
    data["deciding_body"] = Text(**data["deciding_body"])
    data.setdefault("in_force_to", None)
    unknown = set(data) - {field.name for field in fields(Version)}
    if unknown:
        raise KeyError(f"{data['key']}: {', '.join(sorted(unknown))}")
    return Version(**data)


def _tuples(row):
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _words(row):
    return {key: Text(**value) if isinstance(value, dict) else value for key, value in row.items()}


def load_versions(folder: Path | None = None) -> tuple[Version, ...]:
    """Every version in `folder`, or of those released, corrected by the errata, in the order of their dates."""
    return _load(folder or FOLDER)


@cache
def _load(folder):
    versions = [build_version(data, _errata_of(data["key"])) for data in _files(folder)]
    return tuple(sorted(versions, key=lambda version: version.in_force_from))


@cache
def _files(folder):
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))


def forget_versions() -> None:
    """Read the files anew on the next use."""
    for cached in (_load, _files, _stages):
        cached.cache_clear()


def _errata_of(key):
    return tuple(erratum for erratum in load_errata() if key in erratum.versions)


def released_version(key: str) -> Version:
    """The version named `key` as its file was released, without its errata; raises `NoProcedure`."""
    return stages_of(get_version(key))[0]


@cache
def _stages(key, folder):
    data, errata = next(data for data in _files(folder) if data["key"] == key), _errata_of(key)
    return tuple(build_version(data, errata[:n]) for n in range(len(errata) + 1))


def stages_of(version: Version) -> tuple[Version, ...]:
    """`version` as released, and after each of its errata in turn; the last one is the version itself."""
    return _stages(version.key, FOLDER)


def version_in_force(day: date, folder: Path | None = None) -> Version:
    """The version in force on `day`; raises `NoProcedure` when there is none."""
    for version in load_versions(folder):
        if version.covers(day):
            return version
    raise NoProcedure(_("Chưa có bộ quy định nào cho ngày %(day)s.") % {"day": dmy(day)})


def get_version(key: str, folder: Path | None = None) -> Version:
    """The version named `key`; raises `NoProcedure`."""
    for version in load_versions(folder):
        if version.key == key:
            return version
    raise NoProcedure(_("Không có bộ quy định “%(key)s”.") % {"key": key})


def version_of(dossier: Any) -> Version:
    """The version that binds `dossier`: the one of its branch meeting, before that the one in force today."""
    return get_version(dossier.procedure) if dossier.procedure else version_in_force(today())
