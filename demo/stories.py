"""How a dossier of the demonstration came about: its days, its votes, its papers, through the verbs of the pages."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from admissions import procedure, workflow
from admissions.choices import IntroducedBy, Introduction, Occupation
from admissions.models import Candidate, Dossier
from admissions.rules import document_numbers, required_papers
from admissions.states import State
from branches.models import Organisation
from demo.moments import office_hour
from notation.dates import today


def introducing_body(candidate: Candidate) -> str:
    """Who brought the person: one of the organisations that they are in, else the branch; no chance in it."""
    person = candidate
    bodies = [
        (person.in_youth_union, IntroducedBy.YOUTH),
        (person.in_womens_union, IntroducedBy.WOMEN),
        (person.in_farmers_union, IntroducedBy.FARMERS),
        (person.demobilised, IntroducedBy.VETERANS),
        (person.occupation == Occupation.PUBLIC_EMPLOYEE, IntroducedBy.TRADE_UNION),
        (person.religion.follower, IntroducedBy.FRONT),
    ]
    able = [body for holds, body in bodies if holds] or [IntroducedBy.BRANCH]
    return able[sum(map(ord, person.full_name)) % len(able)]


@dataclass
class Story:
    """One person's way: where, who, the day of the branch meeting (or of the listing), and how far it goes.

    `recorded` is the day on which the decision was recorded, where that was not at once.
    """

    branch: Organisation
    person: object
    day: date
    until: str
    decided: date | None = None
    recorded: date | None = None
    number: tuple | None = None
    ceremony: bool = True
    late_conversion: bool = False
    fixed: dict = field(default_factory=dict)


class Teller:
    """Tells stories through `workflow`; keeps the calendar, the chance and the reference rows in one place."""

    def __init__(self, random, calendar, people, staff, ethnicities, religions):
        self.random, self.calendar, self.people, self.staff = random, calendar, people, staff
        self.ethnicities, self.religions = ethnicities, religions
        self.used = set()

    def before(self, day, low, high):
        """A working day `low` to `high` days before `day`."""
        return self.calendar.next_working(day - timedelta(days=self.random.randint(low, high)))

    def after(self, day, low, high):
        """The day `low` to `high` working days after `day`."""
        return self.calendar.add(day, self.random.randint(low, high))[0]

    def act(self, dossier, action, on, **facts):
        workflow.perform(dossier, action, by=self.staff, at=office_hour(on, dossier.version), on=on, **facts)

    def tell(self, story):
        """Carry one dossier as far as the story goes; returns it."""
        stops = LINE[: LINE.index(story.until) + 1] if story.until in LINE else LINE[:1]
        days = self.days(story)
        dossier = self.enter(story, days)
        self.go_on(story, dossier, days, stops[1:])
        return dossier

    def go_on(self, story, dossier, days, stops):
        """Tell the chapters of `stops`."""
        for stop in stops:
            CHAPTERS[stop](self, dossier, days, story)

    def days(self, story):
        """Every date of the story before the decision, each on a working day and in order."""
        branch = story.day
        applied = self.before(branch, 45, 120)
        certified = self.before(applied, 40, 200)
        days = {"branch": branch, "applied": applied, "certified": certified}
        days["listed"] = self.before(certified, 40, 200)
        days["opinions"] = self.before(branch, 4, 12)
        days["base"] = self.after(branch, 6, 10)
        days["received"] = self.after(days["base"], 3, 6)
        days["put_forward"] = self.after(days["received"], 4, 7)
        if story.decided:
            days["put_forward"] = self.calendar.next_working(story.decided - timedelta(days=5))
        return days | story.fixed

    def enter(self, story, days):
        person, random = story.person, self.random
        youth = person.youth and random.random() < 0.4
        candidate = Candidate(
            full_name=person.full_name,
            born_on=person.born_on,
            sex=person.sex,
            citizen_id=person.citizen_id,
            ethnicity=self.ethnicities[person.minority],
            religion=self.religions[person.religious],
            home_place=f"{story.branch.parent.name}, Yên Lạc, Vĩnh Phúc",
            residence=f"{story.branch.name}, {story.branch.parent.name}",
            occupation=person.occupation,
            education=person.education,
            qualification=person.qualification,
            in_youth_union=person.youth,
            demobilised=person.demobilised,
            in_womens_union=person.sex == "female" and random.random() < 0.6,
            in_farmers_union=person.occupation == "farmer" and random.random() < 0.7,
        )
        dossier = Dossier(
            branch=story.branch,
            readmission=person.again,
            left_before_on=days["listed"].replace(year=days["listed"].year - 5) if person.again else None,
            left_before_how="name_deleted" if person.again else "",
            province_consent=f"45-CV/TU, {days['applied']:%d/%m/%Y}" if person.again else "",
            introduction=Introduction.MEMBER_YOUTH if youth else Introduction.TWO_MEMBERS,
            introducer=story.fixed.get("helper") or self.people.name("male"),
            second_introducer="" if youth else self.people.name("female"),
            helper="",
            listed_on=days["listed"],
        )
        dossier.helper = dossier.introducer
        resolution = f"{random.randint(3, 24):02d}-NQ/CB"
        dossier.introduced_by, dossier.listing_number = introducing_body(candidate), resolution
        at = office_hour(days["listed"], 0)
        return workflow.enter_dossier(
            candidate, dossier, by=self.staff, resolution=resolution, at=at, number=story.number
        )

    def record(self, dossier, rows, on):
        """Record papers as of the day `on`."""
        workflow.record_papers(dossier, rows, by=self.staff, on=on, at=office_hour(on, dossier.version))

    def papers(self, dossier, days, *phases, lacking=()):
        """Record the papers of `phases`, each on its day; those that the steps make come with the steps."""
        comes = {step.makes for step in procedure.version_of(dossier).steps}
        dated = {
            "CN-NTVD": ("certified", f"{self.random.randint(20, 320)}/{days['certified'].year}"),
            "1-KND": ("applied", ""),
        }
        rows = {}
        for requirement in required_papers.required_papers(dossier, *phases):
            code = requirement.paper.code
            if requirement.counts and code not in comes:
                day, number = dated.get(code, ("opinions", ""))
                if days[day] <= today():
                    rows[code] = {
                        "had": code not in lacking,
                        "number": number,
                        "dated_on": days[day],
                        "note": "",
                    }
        self.record(dossier, rows, max(row["dated_on"] for row in rows.values()))

    def number(self, dossier, body, on):
        """A number for a document of `on` that its issuer has not used: numbers grow with the days of the term."""
        issuer = document_numbers.issuing_unit(dossier, body)
        since, pace = self.term(on), {"branch": 14, "base": 5, "standing": 1}[body]
        serial = (on - since).days // pace + 1
        while (issuer.pk, body, since, serial) in self.used:
            serial += 1
        self.used.add((issuer.pk, body, since, serial))
        return document_numbers.format_document_number(
            serial, {"branch": "NQ/CB", "base": "NQ/ĐU", "standing": "QĐ/HU"}[body]
        )

    def term(self, on):
        return max(since for _, since in TERMS if since <= on)

    def ballot(self, dossier, body, on, low, high):
        """A ballot that reaches two thirds: official members, present, agree, disagree."""
        members = self.random.randint(low, high)
        absent = self.random.randint(0, members // 8)
        disagree = self.random.randint(0, max(0, members // 12))
        present = members - absent
        return {
            "number": self.number(dossier, body, on),
            "members": members,
            "present": present,
            "agree": present - disagree,
            "disagree": disagree,
        }


def _prepare(teller, dossier, days, story):
    teller.act(dossier, "apply", days["applied"])
    if story.until != State.PREPARING or "class" not in story.fixed:
        teller.papers(dossier, days, "branch", lacking=story.fixed.get("lacking", ()))


def _branch(teller, dossier, days, story):
    vote = story.fixed.get("vote") or teller.ballot(dossier, "branch", days["branch"], 12, 38)
    teller.act(dossier, "branch_agrees", days["branch"], **vote)


def _base(teller, dossier, days, story):
    vote = story.fixed.get("base_vote") or teller.ballot(dossier, "base", days["base"], 11, 15)
    teller.act(dossier, "base_agrees", days["base"], **vote)


def _receive(teller, dossier, days, story):
    teller.act(dossier, "receive", days["received"])


def _put_forward(teller, dossier, days, story):
    for action, on, facts in story.fixed.get("stays", ()):
        teller.act(dossier, action, on, **facts)
    teller.act(dossier, "put_forward", days["put_forward"])


def _decide(teller, dossier, days, story):
    on = story.decided
    teller.act(dossier, "decide", on, number=teller.number(dossier, "standing", on))
    received = story.fixed.get("handed", teller.after(on, 2, 5))
    days |= {"handed": received, "ceremony": teller.after(received, 3, 18)}
    if received <= today():
        teller.act(dossier, "hand_over", received)


def _ceremony(teller, dossier, days, story):
    if story.ceremony and days["ceremony"] <= today():
        teller.act(dossier, "ceremony", days["ceremony"])


def _convert(teller, dossier, days, story):
    if dossier.state != State.PROBATIONARY:
        return
    review = teller.calendar.next_working(
        dossier.probation_ends_on + timedelta(days=teller.random.randint(2, 28))
    )
    if review > today() or story.late_conversion:
        return
    proposed = teller.after(review, 3, 7)
    decided = teller.after(proposed, 4, 13)
    for day in ("certified", "applied", "opinions"):
        days[day] = review
    teller.papers(dossier, days, "conversion")
    vote = teller.ballot(dossier, "branch", review, 12, 38)
    teller.act(dossier, "conversion_agreed", review, **vote)
    if not dossier.branch.is_base_branch and proposed <= today():
        vote = teller.ballot(dossier, "base", proposed, 11, 15)
        teller.act(dossier, "conversion_proposed", proposed, **vote)
    if decided <= today():
        teller.act(dossier, "convert", decided, number=teller.number(dossier, "standing", decided))


TERMS = (("XX", date(2010, 7, 30)), ("XXI", date(2015, 8, 12)))
"""The district's congresses; its units' numbers run through the same terms."""

LINE = (
    State.LISTED,
    State.PREPARING,
    State.RESOLVED,
    State.PROPOSED,
    State.APPRAISAL,
    State.AWAITING,
    State.DECIDED,
    State.PROBATIONARY,
    State.OFFICIAL,
)
"""The straight way; a story goes along it up to its `until`."""

CHAPTERS = dict(
    zip(
        LINE[1:],
        (_prepare, _branch, _base, _receive, _put_forward, _decide, _ceremony, _convert),
        strict=True,
    )
)


def branch_day_for(teller: Teller, decided: date) -> date:
    """A day for the branch meeting so that the decision falls 30 to 52 working days later, inside the clock."""
    day, left = decided, teller.random.randint(30, 52)
    while left:
        day -= timedelta(days=1)
        left -= teller.calendar.is_working(day)
    return day
