"""Random histories of one dossier, and all that there is to know of it afterwards."""

from contextlib import suppress
from datetime import date, timedelta

from admissions import procedure, workflow
from admissions.exceptions import Refused
from admissions.models import Dossier, Paper, Vote
from admissions.rules import deadlines, document_numbers, required_papers, working_days
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act import FieldKind
from notation.dates import today
from tests import factories

START = date(2014, 2, 3)


def all_of(row):
    """The dossier's columns, votes, papers, numbers of documents and limits, as plain values."""
    row = Dossier.objects.get(pk=row.pk)
    version, calendar = procedure.version_of(row), working_days.load_calendar()
    limits = deadlines.all_deadlines(row, version, calendar, today())
    return {
        "columns": {
            field.attname: getattr(row, field.attname)
            for field in Dossier._meta.concrete_fields
            if field.name not in ("id", "year", "serial", "version", "event_count", "candidate", "previous")
        },
        "votes": [
            {name: value for name, value in vote.items() if name not in ("id", "dossier_id")}
            for vote in Vote.objects.filter(dossier=row).order_by("pk").values()
        ],
        "papers": sorted(
            (paper.code, paper.had, paper.number, paper.dated_on, paper.note)
            for paper in Paper.objects.filter(dossier=row)
        ),
        "documents": sorted(
            (document.issuer_id, document.number, document.dated_on) for document in row.documents.all()
        ),
        "limits": [(limit.clock.key, limit.start, limit.due) for limit in limits],
    }


def live_through(place, random, steps=14, log=None, branch=None, person=None):
    """A dossier of `branch` that went its way at random, by the acts that were open to it each day.

    `log` takes down what was done, as `tell_again` reads it: ("papers", day), ("edit", helper), ("act", name, facts).
    """
    row = factories.dossier(branch or place.rural, place.staff, person=person, listed_on=START)
    log = [] if log is None else log
    day = START
    for _step in range(steps):
        day += timedelta(days=random.randint(5, 70))
        if row.state == State.PROBATIONARY and random.random() < 0.8:
            day = max(day, row.probation_ends_on + timedelta(days=random.randint(0, 20)))
        if day > today():
            break
        if random.random() < 0.15:
            log.append(("edit", random.choice(["Lê Văn An", "Trần Văn Bình"])))
            do(place, row, log[-1])
        else:
            log.append(("papers", day))
            do(place, row, log[-1])
            row = Dossier.objects.get(pk=row.pk)
            if (name := choose_act(place, random, row)) is not None:
                entry = ("act", name, draw_facts(place, random, row, name, day))
                with suppress(Refused):
                    do(place, row, entry)
                    log.append(entry)
        row = Dossier.objects.get(pk=row.pk)
    return row


def do(place, row, entry):
    """Do what a line of a log says, to `row` as it is now."""
    row = Dossier.objects.select_related("candidate").get(pk=row.pk)
    if entry[0] == "papers":
        have_what_is_asked(row, place.staff, entry[1])
    elif entry[0] == "edit":
        row.helper = entry[1]
        workflow.edit_dossier(row.candidate, row, by=place.staff, changed={"helper": ["", row.helper]})
    else:
        workflow.perform(row, entry[1], by=place.staff, **entry[2])


def choose_act(place, random, row):
    """An act that is open, mostly one that leads on; None when there is none."""
    reasons = workflow.open_acts(row, place.staff)
    names = [
        name for name, why in reasons.items() if why is None and name not in ("annul", "leave", "refuse")
    ]
    main = [name for name in names if ACTS[name].main]
    return random.choice(main if main and random.random() < 0.75 else names) if names else None


def have_what_is_asked(row, by, day):
    """Every paper that no act brings is there, dated before `day`."""
    comes = {step.makes for step in procedure.version_of(row).steps}
    rows = {
        need.paper.code: {"had": True, "number": "1", "dated_on": day - timedelta(days=1), "note": ""}
        for need in required_papers.required_papers(row)
        if need.applies and need.paper.code not in comes and not need.had
    }
    if rows:
        workflow.record_papers(row, rows, by=by)


def draw_facts(place, random, row, name, day):
    """Facts for an act that fit it, the number the next one of its body."""
    act, facts = ACTS[name], {"on": day}
    fails = any(not outcome.passed for outcome in act.outcomes) and not any(o.passed for o in act.outcomes)
    for key, field in act.fields.items():
        if field.kind == FieldKind.NUMBER:
            body = act.body
            facts[key] = document_numbers.propose_number_for(row, body, day) if body else f"{day:%d}-CV/ĐU"
        elif field.kind == FieldKind.BRANCH:
            facts[key] = place.school if row.branch_id == place.rural.pk else place.rural
        elif field.kind == FieldKind.CHOICE:
            facts[key] = random.choice(field.choices)[0] if name == "propose_source" else field.choices[0][0]
        elif field.kind == FieldKind.DAYS:
            facts[key] = 20
        elif field.kind == FieldKind.PERSON:
            facts[key] = random.choice(["Lê Văn Mới", "Phạm Văn Giúp"])
        elif field.kind == FieldKind.HELPER:
            facts[key] = row.helper
        elif field.kind == FieldKind.PARAGRAPH:
            facts[key] = "có lý do"
        elif field.kind == FieldKind.LINE and field.required:
            facts[key] = "huyện Bình Xuyên"
    if "agree" in act.fields:
        agree = random.randint(3, 8) if fails else random.randint(12, 18)
        facts |= {"members": 18, "excluded": 0, "present": 18, "agree": agree, "disagree": 18 - agree}
    return facts
