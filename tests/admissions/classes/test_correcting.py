"""What was recorded wrong of somebody in a class is put right, with a reason; it is then as if typed right."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from admissions import classes, procedure
from admissions.choices import ClassStep
from admissions.classes import figures, waiting
from admissions.exceptions import Refused
from admissions.history import describe_event
from admissions.models import Dossier, Enrolment, Event
from admissions.sources.listing import list_people
from notation.dates import today
from reports import periods
from reports.figures import chain
from tests import factories
from tests.admissions.histories import all_of
from tests.classes_held import FIRST, LAST, OPENED, send, source
from tests.examples import examples

NAMES = ("Bùi Thị An", "Bùi Thị Bích", "Lê Văn Chung")
YEAR = periods.year_period(2017)


class ClassesPutRight(TestCase):
    @settings(max_examples=examples(40), deadline=None)
    @given(seed=st.integers(0, 10**6), far=st.integers(1, 5))
    def test_a_class_with_mistakes_once_corrected_is_the_class_typed_right(self, seed, far):
        place = factories.district()
        right = [draw(random.Random(seed + n), n) for n in range(len(NAMES))]
        typed = [mistype(random.Random(seed - n), dict(one), far) for n, one in enumerate(right)]
        with transaction.atomic():
            expected = told(place, hold(place, "Khóa I", right, far))
            transaction.set_rollback(True)
        course = hold(place, "Khóa I", typed, far)
        for row, facts, wrong in zip(people_of(course), right, typed, strict=True):
            put_right(place, row, facts, wrong)
        assert told(place, course) == expected


def draw(chance, n):
    """What is true of one person of the class."""
    result = chance.choice(["passed", "passed", "rewrite", "failed"])
    return {
        "nominated_on": date(2017, 1, 12 + chance.randint(0, 6)),
        "resolution": f"{chance.randint(2, 9)}-NQ/CB",
        "days": chance.choice([5, 5, 5, 3]),
        "result": result,
        "grade": chance.choice(["excellent", "good", "fair"]) if result == "passed" else "",
        "score": chance.choice([None, Decimal("6.5"), Decimal(8)]),
        "why": "ốm" if result == "failed" else "",
        "rewrite_by": date(2017, 3, 15) if result == "rewrite" else None,
        "number": f"{n + 1:02d}/2017",
        "on": date(2017, 2, 20),
    }


def mistype(chance, facts, far):
    """The facts as somebody mistypes them; what a step does not ask stays."""
    wrong = facts | {"nominated_on": facts["nominated_on"] + timedelta(days=chance.choice([0, 1]))}
    if chance.random() < 0.5:
        wrong["resolution"] = "41-NQ/CB"
    if far == 2 and chance.random() < 0.5:
        wrong["days"] = 8 - facts["days"]
    if far >= 3 and facts["days"] == 5 and chance.random() < 0.5:
        other = chance.choice(["passed", "rewrite", "failed"]) if far < 4 else facts["result"]
        wrong |= {
            "result": other,
            "grade": "fair" if other == "passed" else "",
            "rewrite_by": date(2017, 3, 9) if other == "rewrite" else None,
            "why": "vắng" if other == "failed" else "",
            "score": chance.choice([None, Decimal(5)]),
        }
    if far >= 4 and facts["result"] == "passed":
        wrong |= {"number": f"7{facts['number']}", "on": facts["on"] + timedelta(days=chance.choice([0, 1]))}
    return wrong


def hold(place, name, told_of, far):
    """A class as far as its nominations (1), its attendance, its results, its certificates, and a vote on them (5)."""
    days = {"decided_on": OPENED, "first": FIRST, "last": LAST, "name": name}
    course = factories.awareness_class(place.root, place.staff, **days)
    branches = (place.rural, place.rural, place.far)
    for branch, person, facts in zip(branches, NAMES, told_of, strict=True):
        row = send(source(branch, place.staff, person, listed_on=date(2015, 3, 12)), place.staff)
        nominee = classes.Nominee(row, facts["resolution"])
        classes.nominate_people(course, [nominee], by=place.staff, on=facts["nominated_on"])
    pairs = list(zip(people_of(course), told_of, strict=True))
    if far >= 2:
        answers = [classes.Answer(row, agree=True) for row, _facts in pairs]
        classes.check_nominations(course, answers, by=place.staff, on=date(2017, 1, 25), upper=True)
        days_of = [
            classes.Presence(row, facts["days"], "ốm" if facts["days"] < 5 else "") for row, facts in pairs
        ]
        classes.record_attendance(course, days_of, by=place.staff, on=LAST)
    there = [(row, facts) for row, facts in pairs if facts["days"] == 5]
    if far >= 3 and there:
        rows = [
            classes.Assessment(
                row,
                ClassStep(facts["result"]),
                facts["grade"],
                facts["score"],
                facts["rewrite_by"],
                facts["why"],
            )
            for row, facts in there
        ]
        classes.record_results(course, rows, by=place.staff, on=date(2017, 2, 15))
    for row, facts in there if far >= 4 else ():
        if facts["result"] == "passed":
            given_on = {"on": facts["on"], "number": facts["number"]}
            classes.give_certificates(course, [row], by=place.staff, **given_on)
    return course


def people_of(course):
    rows = course.enrolments.select_related("awareness_class", "dossier__candidate", "dossier__branch")
    return list(rows.order_by("dossier__candidate__full_name"))


def put_right(place, row, facts, wrong):
    names = {
        "nominated_on": "nominated_on",
        "resolution": "resolution",
        "days": "days_attended",
        "result": "step",
        "grade": "grade",
        "score": "score",
        "why": "reason",
        "rewrite_by": "rewrite_by",
        "number": "certificate_number",
        "on": "certificate_on",
    }
    fields = classes.correctable_fields(row)
    values = {names[key]: facts[key] for key in facts if facts[key] != wrong[key] and names[key] in fields}
    if "step" in values:
        values |= {"grade": facts["grade"], "rewrite_by": facts["rewrite_by"], "reason": facts["why"]}
    if "days_attended" in values:
        values["reason"] = "ốm" if facts["days"] < 5 else ""
    values = {name: value for name, value in values.items() if name in fields}
    if values:
        classes.correct_enrolment(row, values, by=place.staff, reason="gõ nhầm")
        event = Event.objects.filter(dossier=row.dossier, action="class_corrected").get()
        assert {*values} <= {*event.facts["fields"]} | {"grade", "rewrite_by", "reason", "score"}
        assert "gõ nhầm" in describe_event(event)


def told(place, course):
    """All that pages and files say of a class and of the dossiers in it."""
    kept = [field.attname for field in Enrolment._meta.concrete_fields]
    skipped = ("id", "awareness_class_id", "dossier_id")
    people = people_of(course)
    counts = chain.read_chain(place.root, YEAR)
    return {
        "rows": [{name: getattr(row, name) for name in kept if name not in skipped} for row in people],
        "dossiers": [
            {key: value for key, value in all_of(row.dossier).items() if key in ("papers", "limits")}
            | {"certified": Dossier.objects.get(pk=row.dossier_id).certified_on}
            for row in people
        ],
        "tally": figures.tally_class(course, place.staff),
        "waiting": sorted(row.candidate.full_name for row in waiting.list_waiting(place.staff, today())),
        "list": [
            (one.dossier.candidate.full_name, one.course.words)
            for one in list_people(place.staff, place.root, today())
        ],
        "chain": {key: tally.people for key, tally in counts.whole.items()},
    }


# Single rules


@pytest.mark.django_db
def test_a_grade_is_corrected_after_the_certificate_was_given(district, course, passed):
    classes.give_certificates(course, passed, by=district.staff, on=date(2017, 2, 20), number="01/2017")
    row = passed[0]
    event = classes.correct_enrolment(
        row, {"grade": "excellent", "certificate_number": "09/2017"}, by=district.staff, reason="gõ nhầm"
    )
    row.refresh_from_db()
    assert (row.grade, row.certificate_number) == ("excellent", "09/2017")
    assert event.facts["fields"]["certificate_number"] == ["01/2017", "09/2017"]
    paper = row.dossier.papers.get(code=procedure.CERTIFICATE)
    assert (paper.number, paper.dated_on) == ("09/2017", date(2017, 2, 20))
    assert "sửa việc học" in describe_event(event) and "09/2017" in describe_event(event)


@pytest.mark.django_db
def test_nothing_is_corrected_without_a_reason_or_by_somebody_else(district, course, passed):
    for facts, by, reason, words in (
        ({"grade": "fair"}, district.staff, " ", "Cần ghi lý do."),
        ({"grade": "fair"}, district.branch, "nhầm", "quyền"),
        ({"grade": "best"}, district.staff, "nhầm", "Chọn xếp loại."),
        ({"score": 11}, district.staff, "nhầm", "Điểm từ 0 đến 10."),
        ({"grade": "good"}, district.staff, "nhầm", "Chưa sửa ô nào."),
        ({"certificate_number": "1"}, district.staff, "nhầm", "chưa ghi ô đó"),
    ):
        with pytest.raises(Refused, match=words):
            classes.correct_enrolment(passed[0], facts, by=by, reason=reason)
    passed[0].refresh_from_db()
    assert passed[0].grade == "good" and not Event.objects.filter(action="class_corrected").exists()


@pytest.mark.django_db
def test_a_branch_corrects_its_own_nomination_alone(district, course, nominated):
    facts = {"resolution": "6-NQ/CB", "nominated_on": date(2017, 1, 21)}
    classes.correct_enrolment(nominated[0], facts, by=district.branch, reason="gõ nhầm")
    nominated[0].refresh_from_db()
    assert (nominated[0].resolution, nominated[0].nominated_on) == ("6-NQ/CB", date(2017, 1, 21))
    with pytest.raises(Refused, match="sau đó"):
        early = {"nominated_on": date(2015, 3, 11)}
        classes.correct_enrolment(nominated[0], early, by=district.branch, reason="gõ nhầm")


@pytest.mark.django_db
def test_a_certificate_that_the_branch_resolved_on_keeps_a_day_before_that(district, course, passed):
    classes.give_certificates(course, passed[:1], by=district.staff, on=date(2017, 2, 12), number="01/2017")
    row = passed[0]
    Dossier.objects.filter(pk=row.dossier_id).update(branch_resolved_on=date(2017, 2, 18))
    with pytest.raises(Refused, match="Chi bộ đã họp xét theo giấy này"):
        values = {"certificate_on": date(2017, 2, 19)}
        classes.correct_enrolment(row, values, by=district.staff, reason="gõ nhầm")
    classes.correct_enrolment(row, {"certificate_on": date(2017, 2, 14)}, by=district.staff, reason="gõ nhầm")
    assert Dossier.objects.get(pk=row.dossier_id).certified_on == date(2017, 2, 14)


@pytest.mark.django_db
def test_the_page_says_what_it_corrects_and_refuses_others(client, district, course, passed):
    url = f"/nguon/lop/{course.pk}/sua-nguoi/{passed[0].pk}/"
    client.force_login(district.staff)
    assert client.get(url).status_code == 200
    data = {"nominated_on": "20/01/2017", "resolution": "5-NQ/CB", "checked_on": "25/01/2017"}
    data |= {"proposed_on": "01/12/2016", "step": "passed", "grade": "fair", "score": "", "rewrite_by": ""}
    assert client.post(url, data | {"correction_reason": ""}).status_code == 422
    assert client.post(url, data | {"correction_reason": "gõ nhầm", "reason": ""}).status_code == 302
    passed[0].refresh_from_db()
    assert passed[0].grade == "fair"
    client.force_login(district.leader)
    assert client.get(url).status_code == 200, "the leader opens classes too"
    client.force_login(district.admin)
    assert client.get(url).status_code == 403
