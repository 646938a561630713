"""What a dossier says, as the words that go into a document."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import override

from admissions import procedure
from admissions.choices import Decider, Introduction
from admissions.letters.by_helpers import lacking_remarks, words_of_helpers
from admissions.letters.days import month_of_day, short_date, write_birth
from admissions.letters.kinds import (
    BALLOT,
    BALLOTS,
    BY_HELPERS,
    IN_LINES,
    INTRODUCTIONS,
    LABELS,
    LETTERS,
    placeholders_of,
)
from admissions.letters.layouts import layout_for
from admissions.models import Dossier, Vote, deciding_body_of
from admissions.rules import conditions, warnings
from admissions.rules.required_papers import required_papers
from admissions.states import CLOSED, ENDED, UNDER_WAY, State
from branches.kinds import AREAS, PLACES
from branches.models import Organisation, Tier
from notation.dates import today

ROOM_FOR_NUMBER = " " * 6
"""Where the clerk writes the number of a letter that the register has not numbered."""

RESOLVED_IN: dict[tuple[str, str], str] = {
    (Vote.Body.BRANCH, Vote.Purpose.ADMISSION): "branch_resolved_on",
    (Vote.Body.BASE, Vote.Purpose.ADMISSION): "base_resolved_on",
    (Vote.Body.BRANCH, Vote.Purpose.CONVERSION): "conversion_resolved_on",
    (Vote.Body.BASE, Vote.Purpose.CONVERSION): "conversion_base_on",
}
"""The dossier's column for each ballot that a document is about."""


def votes_of_letter(kind: str, dossier: Dossier) -> dict[str, Vote]:
    """The latest ballot of each body that `kind` speaks of, by body; an earlier round's do not count."""
    rows = dossier.votes.filter(purpose=LETTERS[kind].purpose, held_on__gte=dossier.listed_on)
    return {vote.body: vote for vote in rows.select_related("meeting").order_by("held_on", "pk")}


def date_of_letter(kind: str, dossier: Dossier, on: date | None = None) -> date:
    """The day the document bears: of the meeting or the decision it sets down, else `on`, else today.

    What a member writes bears the day under which the dossier has the paper.
    """
    letter = LETTERS[kind]
    if kind in BY_HELPERS:
        dated = (row.dated_on for row in dossier.papers.all() if row.code == kind and row.had)
        on = next(dated, None) or on
    if letter.resolves and (vote := votes_of_letter(kind, dossier).get(letter.resolves)):
        return vote.held_on
    return (letter.dated_by and getattr(dossier, letter.dated_by)) or on or today()


def has_base_committee(dossier: Dossier) -> bool:
    """Whether a base committee stands between the branch and whoever decides."""
    return dossier.has_base_step()


def may_have_resolved(kind: str, dossier: Dossier) -> bool:
    """Whether the meeting may have resolved what `kind` says: it has yet to meet, or it agreed.

    Where the share needed is not certain law a ballot below it does not end the dossier: then it went on.
    """
    letter = LETTERS[kind]
    vote = votes_of_letter(kind, dossier).get(letter.resolves)
    if vote is None:
        return dossier.state not in ENDED
    went_on = getattr(dossier, RESOLVED_IN[vote.body, vote.purpose]) and dossier.state not in CLOSED
    return vote.passed or bool(went_on)


def available_letters(dossier: Dossier) -> list[str]:
    """The kinds that make sense for `dossier` as it stands, whether or not all their values are recorded."""
    base = has_base_committee(dossier)
    sensible = {
        **{kind: _is_introduced(kind, dossier) for kind in INTRODUCTIONS},
        "11-KND": dossier.ceremony_on and dossier.state not in CLOSED,
        "vetting": dossier.applied_on and dossier.state in UNDER_WAY,
        "6-KND": dossier.applied_on and may_have_resolved("6-KND", dossier),
        "8-KND": base and dossier.branch_resolved_on and may_have_resolved("8-KND", dossier),
        "extract": dossier.received_on,
        "9-KND": dossier.decided_on or dossier.state == State.AWAITING,
        "13-KND": dossier.ceremony_on and may_have_resolved("13-KND", dossier),
        "15-KND": base and dossier.conversion_resolved_on and may_have_resolved("15-KND", dossier),
    }
    return [kind for kind in LETTERS if sensible[kind]]


def _is_introduced(kind, dossier):
    """Whether the procedure asks for `kind` of the dossier, which has an application."""
    papers = required_papers(dossier) if dossier.applied_on else []
    return any(row.paper.code == kind and row.applies for row in papers)


def missing_values(kind: str, dossier: Dossier, on: date | None = None) -> list[str]:
    """What has to be recorded before `kind` can be made, in words; empty when nothing is missing.

    What is required are the fields of forms 6, 8, 9, 13 and 15-KNĐ and of the board's extract that are data.
    """
    letter, values = LETTERS[kind], letter_context(kind, dossier, on)
    due = [
        name
        for name in letter.required
        if has_base_committee(dossier)
        or letter.resolves == Vote.Body.BASE
        or name not in BALLOTS[Vote.Body.BASE]
    ]
    lacking = [str(LABELS[name]) for name in due if not values[name]]
    return [*lacking, *lacking_remarks(kind, dossier, date_of_letter(kind, dossier, on))]


def letter_context(kind: str, dossier: Dossier, on: date | None = None) -> dict[str, str]:
    """The words for every placeholder of `kind`, "" where nothing is recorded.

    Always in Vietnamese, whatever language the clerk reads: the documents are.
    """
    with override("vi"):
        layout, ballots = layout_for(date_of_letter(kind, dossier, on)), votes_of_letter(kind, dossier)
        values = {
            **_units(kind, dossier),
            **_person(dossier.person),
            **_course(kind, dossier),
            **_decision(dossier),
            **words_of_helpers(kind, dossier, date_of_letter(kind, dossier, on)),
            **_ballot("branch", ballots.get(Vote.Body.BRANCH), layout),
            **_ballot("base", ballots.get(Vote.Body.BASE), layout),
        }
        values |= _head(kind, dossier, values, on)
        return {name: _printable(name, values[name]) for name in placeholders_of(kind)}


def _printable(name, value):
    """`value` without breaks and tabs, which would turn into those of the document, and without control characters;
    of what is told in lines each line."""
    lines = str(value).split("\n") if name in IN_LINES else [str(value)]
    return "\n".join(re.sub(r"[\x00-\x1f\x7f]+", " ", line) for line in lines)


# Numbers


def _percent(part, whole):
    """Two decimals at most, half up, with a comma: "83,33%", "100%"."""
    exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{exact:f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def _count(number, layout):
    return f"{number:02}" if number and layout.pads_numbers else str(number)


# Units


def _deciding(dossier):
    """Who admits: the district, and where no district is left (from 01/7/2025) the base committee itself."""
    return deciding_body_of(dossier.commune, dossier.decided_on or today())


def _units(kind, dossier):
    deciding, decider = _deciding(dossier)
    authorised = decider == Decider.AUTHORISED
    standing = deciding.committee if authorised else f"Ban Thường vụ {deciding.committee}"
    base = dossier.commune.committee
    from_branch = LETTERS[kind].issuer == "branch" and has_base_committee(dossier)
    district = deciding.tier == Tier.DISTRICT
    return {
        "branch": dossier.branch.title,
        "base": base,
        "deciding": deciding.committee,
        "board": f"Ban Tổ chức {deciding.committee}" if district else f"Ban Xây dựng Đảng {base}",
        "upward": base if from_branch else standing,
    }


def _head(kind, dossier, values, on):
    issuer = LETTERS[kind].issuer
    deciding, decider = _deciding(dossier)
    units = {"branch": dossier.branch, "base": dossier.commune, "deciding": deciding}
    unit = units.get(issuer, units["deciding"])
    superior, name = unit.parent.title if unit.parent else "", unit.committee
    as_committee = issuer == "base" or decider == Decider.AUTHORISED
    signs_for = "chi bộ" if unit.is_branch else "đảng ủy" if as_committee else "ban thường vụ"
    if issuer == "board":
        superior, name = name, values["board"].removesuffix(f" {name}")
    day = date_of_letter(kind, dossier, on)
    return {
        "superior": superior.upper(),
        "issuer": name.upper(),
        "number": _number(kind, unit, values),
        "place_and_date": f"{place_of_issue(unit)}, ngày {day.day:02} tháng {month_of_day(day)} năm {day.year}",
        "signs_for": f"T/M {signs_for.upper()}",
    }


def _number(kind, unit, values):
    if kind == "vetting":
        return f"{ROOM_FOR_NUMBER}-CV/{'CB' if unit.is_branch else 'ĐU'}"
    resolves = LETTERS[kind].resolves
    return values[f"{resolves}_number"] if resolves else values["decision_number"] if kind == "9-KND" else ""


def place_of_issue(unit: Organisation) -> str:
    """The name of the commune, district, city or province where `unit` issues a document."""
    while unit.parent and unit.kind not in (*PLACES, *AREAS):
        unit = unit.parent
    return unit.name


# The person and the dossier


def _person(person):
    unions = ("in_youth_union", "in_womens_union", "in_trade_union", "in_farmers_union", "in_veterans_union")
    member_of = [person._meta.get_field(name).verbose_name for name in unions if getattr(person, name)]
    return {
        "name": person.full_name,
        "name_caps": person.full_name.upper(),
        "born_on": write_birth(person),
        "sex": person.get_sex_display(),
        "ethnicity": person.ethnicity.name,
        "religion": person.religion.name,
        "home_place": person.home_place,
        "residence": person.residence,
        "occupation": person.get_occupation_display(),
        "education": person.get_education_display(),
        "qualification": person.get_qualification_display(),
        "unions": ", ".join(map(str, member_of)),
    }


def _course(kind, dossier):
    papers = {paper.code: paper for paper in dossier.papers.all() if paper.had}
    certificate = papers.get(procedure.CERTIFICATE)
    opinions = papers.get("5-KND" if LETTERS[kind].purpose == Vote.Purpose.ADMISSION else "12-KND")
    vetted = papers.get("TTLL")
    return {
        "again": "lại" if dossier.readmission else "",
        "dossier_number": dossier.number,
        "applied_on": short_date(dossier.applied_on),
        "certificate_number": certificate.number if certificate else "",
        "certificate_on": short_date(dossier.certified_on),
        "introducers": _introducers(dossier),
        "helper": dossier.helper,
        "vetted_on": short_date(vetted and vetted.dated_on),
        "opinions_on": short_date(opinions and opinions.dated_on),
        "points": _points(dossier),
    }


INTRODUCING_BODIES = {
    Introduction.MEMBER_YOUTH: "Đoàn Thanh niên Cộng sản Hồ Chí Minh cơ sở",
    Introduction.MEMBER_UNION: "Công đoàn cơ sở",
}


def _introducers(dossier):
    people = [f"đồng chí {name}" for name in (dossier.introducer, dossier.second_introducer) if name]
    body = INTRODUCING_BODIES.get(dossier.introduction)
    return " và ".join([*people[:1], body] if body and people else people)


def _points(dossier):
    """What the conditions found wanting when the branch met and what the dossier's page warns of; nothing before."""
    if not dossier.branch_resolved_on:
        return ""
    checks = conditions.check_conditions(
        dossier, dossier.branch_resolved_on, consent=dossier.province_consent
    )
    unmet = [c.sentence or f"{c.label}: {c.value}." for c in checks if not c.met]
    votes = dossier.votes.filter(purpose=Vote.Purpose.ADMISSION)
    notices = warnings.appraisal_warnings(dossier, votes, dossier.papers.all())
    return " ".join([*unmet, *(notice.words for notice in notices)])


def _decision(dossier):
    rules = procedure.get_version(dossier.procedure) if dossier.procedure else None
    law = rules and rules.regulations[0]
    return {
        "regulation": f"{law.title} (số {law.symbol}, ngày {short_date(law.date)})" if law else "",
        "decision_number": dossier.admission_number,
        "decided_on": short_date(dossier.admission_date),
        "ceremony_on": short_date(dossier.ceremony_on),
        "probation_months": rules.clock("probation").length if rules else "",
        "probation_ends_on": short_date(dossier.probation_ends_on),
    }


def _ballot(prefix, vote, layout):
    if vote is None:
        return {f"{prefix}_{key}": "" for key in BALLOT}
    undecided, meeting = vote.present - vote.agree - vote.disagree, vote.meeting
    counts = {
        "members": vote.members,
        "base": vote.base,
        "present": vote.present,
        "absent": vote.absent,
        "agree": vote.agree,
        "disagree": vote.disagree,
    }
    rare = {
        "excluded": vote.excluded,
        "undecided": undecided,
        "probationary": meeting.probationary if meeting else 0,
    }
    values = {
        "number": vote.number,
        "on": short_date(vote.held_on),
        # Always over all who are counted, never over those present (docs/domain.md, rule 15).
        "agree_percent": _percent(vote.agree, vote.base),
        "disagree_percent": _percent(vote.disagree, vote.base),
        "chair": meeting.chair if meeting else "",
        "secretary": meeting.secretary if meeting else "",
        **{key: _count(number, layout) for key, number in counts.items()},
        **{key: _count(number, layout) if number else "" for key, number in rare.items()},
    }
    return {f"{prefix}_{key}": value for key, value in values.items()}
