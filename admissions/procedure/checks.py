"""What must hold of the procedure files; checked at every start."""

import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.checks import Error

from admissions.choices import Body, Decider, Education, Exclusion, Leaving
from admissions.procedure.errata import load_errata
from admissions.procedure.spec import load_versions
from admissions.procedure.vocabulary import ANCHORS, CONFIDENCE, MARKERS, OF_PAPER, PHASES, WHEN

UNITS = ("working_days", "months")
BODIES = (*Body.values, Decider.AUTHORISED.value)
"""Whose votes a file may rule."""


def check_versions(app_configs: Any = None, folder: Path | None = None, **kwargs) -> list[Error]:
    """System check: keys unique, dates contiguous, every reference known, every regulation the same everywhere."""
    try:
        versions = load_versions(folder)
    except (TypeError, KeyError, ValueError) as error:
        return [Error(f"a procedure file cannot be read: {error}", id="admissions.E001")]
    keys = [version.key for version in versions]
    wrong = [f"the key {key} is used twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    for version, following in itertools.pairwise(versions):
        if version.in_force_to is None or version.in_force_to + timedelta(days=1) != following.in_force_from:
            wrong.append(f"{following.key} does not begin the day after {version.key} ends")
    wrong += _regulations(versions)
    wrong += _errata(keys) if folder is None else []
    for version in versions:
        wrong += [f"{version.key}: {problem}" for problem in _all_problems(version)]
    return [Error(text, id="admissions.E002") for text in wrong]


def _all_problems(version):
    for check in (_problems, _clocks, _steps_and_papers, _terms):
        yield from check(version)


def _errata(keys):
    """What is wrong with the errata as such; that each fits its file is seen when the file is read."""
    for erratum in load_errata():
        yield from (
            f"the erratum {erratum.key} corrects {key}, which is no version"
            for key in erratum.versions
            if key not in keys
        )
        if not (erratum.corrections or erratum.additions):
            yield f"the erratum {erratum.key} changes nothing"
        if erratum.confidence not in CONFIDENCE:
            yield f"the erratum {erratum.key} has no known confidence"


def _regulations(versions):
    """Where symbol and date of a regulation are the same, so is its title (docs/domain.md, rule 1)."""
    titles = {}
    for version in versions:
        for row in version.regulations:
            title = titles.setdefault((row.symbol, row.date), row.title)
            if title != row.title:
                yield f"{row.symbol} of {row.date} has two titles, one of them in {version.key}"


def _problems(version):
    documents = [(row.symbol, row.date) for row in version.regulations]
    yield from (
        f"{symbol} of {day} stands twice"
        for symbol, day in sorted(set(documents))
        if documents.count((symbol, day)) > 1
    )
    for name, rows in (("clock", version.clocks), ("step", version.steps), ("paper", version.papers)):
        named = [getattr(row, "key", None) or row.code for row in rows]
        yield from (f"{name} {key} stands twice" for key in sorted(set(named)) if named.count(key) > 1)
        yield from (
            f"{key} has no known confidence"
            for key, row in zip(named, rows, strict=True)
            if row.confidence not in CONFIDENCE
        )
    if {"branch", "base", "standing"} - set(version.votes):
        yield "a rule is missing for the vote of the branch, the base committee or the standing committee"
    if set(version.phases_that_block) - set(PHASES):
        yield "an unknown phase is to block"


def _clocks(version):
    """What is wrong with the limits: their dates, their units and the papers they name."""
    codes = {paper.code for paper in version.papers}
    dates_of_papers = {f"{OF_PAPER}{code}" for code in codes}
    for clock in version.clocks:
        if clock.anchor not in ANCHORS and clock.anchor not in dates_of_papers:
            yield f"clock {clock.key} runs from {clock.anchor}, which is no date of a dossier"
        if clock.met_by and clock.met_by not in {*MARKERS, *dates_of_papers}:
            yield f"clock {clock.key} is met by {clock.met_by}, which is no date of a dossier"
        if set(clock.redo) - codes:
            yield f"clock {clock.key} makes a paper anew that is none of the procedure"
        if clock.unit not in UNITS:
            yield f"clock {clock.key} counts in {clock.unit}"


def _steps_and_papers(version):
    codes, clocks = {paper.code for paper in version.papers}, {clock.key for clock in version.clocks}
    for step in version.steps:
        if step.date and step.date not in MARKERS:
            yield f"step {step.key} is marked by {step.date}, which is no date of a dossier"
        for code in filter(None, (step.makes, step.paper)):
            if code not in codes:
                yield f"step {step.key} names {code}, which is no paper of the procedure"
        if step.clock and step.clock not in clocks:
            yield f"step {step.key} names the clock {step.clock}, which is not there"
        if step.when not in WHEN:
            yield f"step {step.key} applies under an unknown condition, {step.when}"
    for paper in version.papers:
        if paper.phase not in PHASES:
            yield f"paper {paper.code} is due in an unknown phase, {paper.phase}"
        if paper.when not in WHEN:
            yield f"paper {paper.code} applies under an unknown condition, {paper.when}"


def _terms(version):
    """What is wrong with the terms that hold for a person and for a vote."""
    conditions, readmission = version.conditions, version.readmission
    if conditions.age_max_by not in ("month", "year"):
        yield f"ages are counted by {conditions.age_max_by}"
    if conditions.education_min not in Education.values:
        yield f"the least education is {conditions.education_min}, which is no level"
    for reason in readmission.excluded:
        if reason not in Leaving.values:
            yield f"nobody leaves by {reason}"
    votes = ((f"the vote of {body}", rule) for body, rule in version.votes.items())
    for name, rule in (("conditions", conditions), ("readmission", readmission), *votes):
        if rule.confidence not in CONFIDENCE:
            yield f"{name} has no known confidence"
    for body, rule in version.votes.items():
        if body not in BODIES:
            yield f"nobody votes as {body}"
        for kind in set(rule.exclusions) - set(Exclusion.values):
            yield f"the vote of {body} leaves out {kind}, which is no kind of member"
