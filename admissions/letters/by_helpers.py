"""What goes into a paper that one member writes: who they are in the register, whom they helped, what was remarked.

The introduction (3-KNĐ) is the introducer's, with what whoever helped remarked until the branch met. The remark on a
probationer (11-KNĐ) is the helper's, with one remark of each former helper of the probation (HD 06, 3.10 and 4.3).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from admissions.letters.days import short_date, write_birth
from admissions.letters.kinds import BY_HELPERS, HELP, INTRODUCTIONS, REMARK
from admissions.models import Dossier
from admissions.rules import helping
from admissions.rules.helpers_gone import members_named
from notation.dates import dmy
from notation.vietnamese import fold


@dataclass(frozen=True)
class _Told:
    """Of the dossier: the assignments that matter for the paper, and the remarks by its day."""

    writer: str
    helps: list[helping.Help]
    remarks: list[helping.Remark]

    def of(self, name: str) -> list[helping.Remark]:
        return [row for row in self.remarks if fold(row.helper) == fold(name)]

    @property
    def others(self) -> list[helping.Help]:
        """The last assignment of everyone else who helped."""
        last = {fold(row.name): row for row in self.helps if fold(row.name) != fold(self.writer)}
        return list(last.values())


def _tell(kind, dossier, day):
    """What counts on `day`, and no later than the meeting that the paper is for."""
    introduces = kind in INTRODUCTIONS
    met = dossier.branch_resolved_on if introduces else dossier.conversion_resolved_on
    day = min(day, met or day)
    events = helping.events_of_helping([dossier])[dossier.pk]
    helps = [row for row in helping.helpers_over_time(dossier, events) if row.since <= day]
    remarks = [row for row in helping.remarks_of(events) if row.on <= day]
    if introduces:
        writer = dossier.introducer if kind == INTRODUCTIONS[0] else dossier.second_introducer
        return _Told(writer, helps, remarks)
    begun = dossier.ceremony_on
    if begun:
        helps = [row for row in helps if row.until is None or row.until > begun]
    return _Told(dossier.helper, helps, remarks)


def words_of_helpers(kind: str, dossier: Dossier, day: date) -> dict[str, str]:
    """The words for the placeholders in `HELP` of a paper dated `day`; all "" where no member writes it.

    Remarks are lines: a template gives each a paragraph of its own.
    """
    if kind not in BY_HELPERS:
        return dict.fromkeys(HELP, "")
    told = _tell(kind, dossier, day)
    own = _since_ceremony(told.of(told.writer), kind, dossier)
    mine = [_said(row) for row in own]
    others = [line for row in told.others for line in _of_another(row, told, kind, dossier)]
    assigned = next((row.since for row in told.helps if fold(row.name) == fold(told.writer)), None)
    first = kind == INTRODUCTIONS[0]
    introduces = kind in INTRODUCTIONS
    return {
        "writer": told.writer,
        **_identity(told.writer, dossier),
        "writer_since": short_date(dossier.introducer_since) if first else "",
        "writer_assigned_on": short_date(assigned),
        # Whoever introduces and never helped reports what the helper remarked.
        "remarks": "\n".join(mine or (others if introduces else [])),
        "other_remarks": "\n".join(others if mine or not introduces else []),
    }


def _since_ceremony(remarks, kind, dossier):
    """Of `remarks` those on the probationer; an introduction takes all."""
    begun = dossier.ceremony_on
    return remarks if kind != REMARK or not begun else [row for row in remarks if row.on >= begun]


def _said(row):
    return f"Đến ngày {short_date(row.on)}: {_in_one_line(row.text)}"


def _in_one_line(text):
    return " ".join(text.split()).rstrip(".") + "."


def _of_another(help_, told, kind, dossier):
    remarks = told.of(help_.name)
    ended = f" đến ngày {short_date(help_.until)}" if help_.until else ""
    who = f"Đồng chí {help_.name}, giúp đỡ từ ngày {short_date(help_.since)}{ended}"
    for row in _since_ceremony(remarks, kind, dossier) or remarks[-1:]:
        yield f"{who}, nhận xét đến ngày {short_date(row.on)}: {_in_one_line(row.text)}"


def _identity(writer, dossier):
    """Birth and party dates of the writer where exactly one member of that name is in the base organisation."""
    found = [row for row in members_named([writer])[fold(writer)] if row.commune_id == dossier.commune_id]
    member = found[0] if len(found) == 1 else None
    return {
        "writer_born_on": write_birth(member.person) if member else "",
        "writer_admitted_on": short_date(member and member.admission_date),
        "writer_official_on": short_date(member and member.official_on),
    }


def lacking_remarks(kind: str, dossier: Dossier, day: date) -> list[str]:
    """The former helpers of the probation who left no remark, in words: one is asked of each (HD 06, 3.10)."""
    if kind != REMARK:
        return []
    told = _tell(kind, dossier, day)
    words = _("Nhận xét của đ/c %(who)s, thôi giúp đỡ ngày %(day)s")
    return [
        words % {"who": row.name, "day": dmy(row.until)}
        for row in told.others
        if row.until and not told.of(row.name)
    ]
