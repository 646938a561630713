"""What a closing keeps of the year: the same numbers as the register gave that day, and they stay."""

import random
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from admissions import workflow
from admissions.choices import IntroducedBy
from admissions.models import Dossier
from admissions.rules.working_days import load_calendar
from admissions.sources.listing import list_people
from admissions.states import State
from admissions.worklist.worklist import Worklist
from branches.models import Organisation
from notation.dates import today
from oversight.models import Difficulty, Review
from reports import periods
from reports.closing import year_lines, year_reading
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening
from reports.closing.proof import prove_year
from reports.closing.year_lines import compute_year_fingerprint, written_lines
from reports.exports import make
from reports.figures import chain, chain_steps, delays, figures, part_two
from reports.models import ClosedLine, QuarterClosing
from reports.models.closing import Span
from reports.pages import chain as page
from reports.quotas.behind import reckon
from tests import factories
from tests.admissions.histories import live_through
from tests.closings import annul, cells
from tests.examples import examples
from tests.markup import markup

Q4 = periods.quarter_period(2016, 4)
GROUPS = [page.EVERYBODY, page.GROUPS["women"]]


def told_by_register(place, quarter):
    """All that pages and files say of the year of a quarter, of every unit, from the register."""
    day, told = quarter.last, {}
    for unit in Organisation.objects.order_by("path"):
        for group in GROUPS:
            counts = chain.read_chain(unit, quarter, group.condition)
            late = delays.delay_reasons(counts.whole["decided"].late, load_calendar())
            rows = chain_steps.dossiers_at(unit, group.condition)
            returns = delays.read_returns(rows, quarter)
            told[unit.pk, group.key] = (in_order(counts), in_sets(late), in_sets(returns.by_reason))
        told[unit.pk, "form"] = count(part_two.list_part_two(unit, quarter))
        before = figures.same_days_before(quarter)
        told[unit.pk, "before"] = count(part_two.list_part_two(unit, before)) if before else {}
        people = list_people(place.staff, unit, day)
        told[unit.pk, "list"] = sorted(
            (one.dossier.pk, one.branch.pk, one.under_way, one.course.words, one.helper) for one in people
        )
        told[unit.pk, "behind"] = numbers(reckon(unit, day, people).line(unit))
    return told


def told_by_closing(closing):
    """The same as a closing keeps it."""
    told = {}
    for unit in Organisation.objects.order_by("path"):
        for group in GROUPS:
            told[unit.pk, group.key] = (
                in_order(year_reading.closed_chain(closing, unit, group.measure)),
                in_sets(year_reading.closed_delays(closing, unit, group.measure)),
                in_sets(year_reading.closed_returns(closing, unit, group.measure).by_reason),
            )
        told[unit.pk, "form"] = dict(year_reading.closed_part_two(closing, unit))
        told[unit.pk, "before"] = dict(year_reading.closed_part_two(closing, unit, Span.BEFORE))
        people = year_reading.closed_sources(closing, [unit])
        told[unit.pk, "list"] = sorted(
            (one.line.dossier_id, one.branch.pk, one.under_way, one.course[1], one.helper) for one in people
        )
        reckoning = year_reading.closed_reckoning(closing, unit, people, [])
        told[unit.pk, "behind"] = numbers(reckoning.line(unit))
    return told


def count(lines):
    counts: dict[str, int] = {}
    for key, _unit, _dossier in lines:
        counts[key] = counts.get(key, 0) + 1
    return counts


def numbers(line):
    return (line.aim, line.admitted, line.rural, line.sources, line.under_way, line.certified, line.lack)


def in_order(counts):
    def plain(tallies):
        return {
            key: (tally.people, tally.rural, sorted(tally.days), sorted(tally.late), tally.overdue)
            for key, tally in tallies.items()
        }

    parts = {pk: plain(part) for pk, part in counts.parts.items()}
    speeds = (sorted(counts.returned), sorted(counts.straight), counts.uncounted)
    return plain(counts.whole), parts, dict(counts.limits), speeds


def in_sets(reasons):
    return [(reason, sorted(pks)) for reason, pks in reasons.items()]


class AnyYear(TestCase):
    @settings(max_examples=examples(8), deadline=None)
    @given(seed=st.integers(0, 10**6), n=st.integers(0, 6))
    def test_the_kept_year_is_the_registers_of_that_day_and_stays(self, seed, n):
        place, chance = factories.district(), random.Random(seed)
        names = ("Lê Văn An", "Trần Thị Bình", "Vũ Văn Cường")
        branches = (place.rural, place.school, place.far)
        rows = [
            live_through(place, chance, branch=branch, person=factories.candidate(full_name=name))
            for name, branch in zip(names, branches, strict=True)
        ]
        quarter = periods.quarter_period(2014 + n // 4, n % 4 + 1)
        expected = told_by_register(place, quarter)
        closing = close_quarter(quarter, by=place.admin, checks=[])
        assert told_by_closing(closing) == expected
        for row in rows:
            fresh = Dossier.objects.get(pk=row.pk)
            if fresh.undecided and fresh.branch != place.school:
                workflow.perform(
                    fresh, "move", by=place.staff, on=today(), branch=place.school, helper="Phạm Thị Mới"
                )
        Dossier.objects.filter(pk=rows[0].pk).update(listed_on=date(2014, 2, 3))
        assert told_by_closing(closing) == expected
        assert compute_year_fingerprint(written_lines(closing)) == closing.year_kept.fingerprint


# Pages and files


def page_of(client, user, url):
    client.force_login(user)
    return markup(client.get(url))


CHAIN, LISTS = "/nguon/chuoi/?don-vi={}&ky=2016-q4", "/nguon/?don-vi={}&ngay=31/12/2016"


@pytest.mark.django_db
def test_the_chain_of_a_closed_quarter_shows_what_was_closed_beside_what_is(shut, client):
    url = CHAIN.format(shut.root.pk)
    page = page_of(client, shut.staff, url)
    assert "khi khóa ghi bên cạnh" in page and "khi khóa, " not in page
    annul(shut.rows[0], shut.leader)
    page = page_of(client, shut.staff, url)
    assert "4 khi khóa, −1" in page
    assert "theo sổ hiện tại" not in page
    kept = f"/nguon/chuoi/nguoi/?don-vi={shut.root.pk}&ky=2016-q4&buoc=decided&lan={shut.closing.pk}"
    people = client.get(kept)
    assert people.context["page"].paginator.count == 4
    assert "12/10/2016" in markup(people)
    assert client.get(kept.replace(f"&lan={shut.closing.pk}", "")).context["page"].paginator.count == 3


@pytest.mark.django_db
def test_every_kept_number_of_the_chain_opens_as_many_people(shut, client):
    client.force_login(shut.staff)
    for row in shut.rows:
        annul(row, shut.leader)
    for unit in (shut.root, shut.home, shut.rural):
        page = client.get(CHAIN.format(unit.pk))
        for line in page.context["steps"]:
            for key in ("people", "late"):
                if note := line.notes.get(key):
                    number = int(note.words.split(" ")[0])
                    found = client.get(note.url).context["page"].paginator.count if note.url else 0
                    assert found == number, (unit, line.step.key, key)
        assert page.context["steps"][5].notes["people"].words.endswith(f"−{len(decided(unit, shut))}")


def decided(unit, place):
    return [row for row in place.rows if row.admitted_branch.path.startswith(unit.path)]


@pytest.mark.django_db
def test_files_of_a_closed_quarter_hold_the_numbers_that_were_closed(shut, tmp_path):
    def written(report):
        path = tmp_path / f"{report}.xlsx"
        make.write_file(path, [shut.root], Q4, report=report)
        return cells(path)

    reports = ("chuoi", "bieu-10", "nguon")
    factories.dossier(
        shut.rural, shut.staff, person=factories.candidate(full_name="Vũ An"), listed_on=date(2016, 11, 1)
    )
    now = {report: written(report) for report in reports}
    annul(shut.rows[1], shut.leader)
    assert {report: written(report) for report in reports} == now
    assert "khi khóa quý" in str(now["chuoi"]) and "khi khóa quý" in str(now["bieu-10"])
    assert "Vũ An" not in str(now["nguon"])


@pytest.mark.django_db
def test_a_closing_of_before_the_year_was_kept_says_that_its_numbers_are_of_today(place, client, tmp_path):
    close_quarter(Q4, by=place.admin, with_year=False)
    words = "Bản khóa của quý này không giữ các số ở đây; đây là số theo sổ hiện tại."
    for url in (CHAIN, LISTS):
        assert words in page_of(client, place.staff, url.format(place.root.pk))
    for report in ("chuoi", "bieu-10", "nguon"):
        path = tmp_path / "tep.xlsx"
        make.write_file(path, [place.root], Q4, report=report)
        assert "theo sổ hiện tại" in str(cells(path)), report


@pytest.mark.django_db
def test_the_source_list_at_the_end_of_a_closed_quarter_shows_what_was_closed(place, client):
    row = factories.dossier(
        place.rural, place.staff, person=factories.candidate(full_name="Lê Ba"), introduced_by="youth"
    )
    closing = close_quarter(Q4, by=place.admin)
    url = LISTS.format(place.home.pk)
    assert "khi khóa, " not in page_of(client, place.staff, url)
    late = factories.candidate(full_name="Vũ An", in_youth_union=True)
    factories.dossier(place.school, place.staff, person=late, listed_on=date(2016, 12, 1))
    workflow.perform(row, "withdraw", by=place.staff, on=date(2016, 12, 30), reason="chuyển đi")
    page = client.get(url)
    assert page.context["page"].total.notes == {}, "one came, one went"
    by_name = {line.unit.short_name: line.notes for line in page.context["page"].rows}
    assert by_name[place.rural.short_name]["sources"].words == "1 khi khóa, −1"
    assert by_name[place.school.short_name]["sources"].words == "0 khi khóa, +1"
    kept = client.get(by_name[place.rural.short_name]["sources"].url)
    assert [one.name for one in kept.context["page"]] == ["Lê Ba"]
    notes = page.context["introducer_notes"]
    youth = str(IntroducedBy.YOUTH.label)
    assert notes[youth].words == "1 khi khóa, −1"
    assert client.get(notes[youth].url).context["page"].paginator.count == 1
    assert year_reading.closed_sources(closing, [place.root])[0].name == "Lê Ba"


@pytest.mark.django_db
def test_difficulties_that_branches_named_are_kept(place, client):
    difficulty = Difficulty.objects.filter(nothing=False).first()
    review = review_of(place.rural, date(2016, 11, 1), place.staff)
    review.difficulties.add(difficulty)
    closing = close_quarter(Q4, by=place.admin)
    assert year_reading.count_by_key(closing, place.root, "difficulty") == {difficulty.text: 1}
    assert year_reading.count_by_key(closing, place.other, "difficulty") == {}
    assert year_reading.count_by_key(closing, place.root, "review") == {"met": 1}
    review.difficulties.clear()
    page = page_of(client, place.staff, CHAIN.format(place.root.pk))
    assert difficulty.text in page and "1 khi khóa, −1" in page


def review_of(unit, first, by):
    facts = {"unit": unit, "kind": "month", "first": first, "last": first.replace(day=30)}
    return Review.objects.create(
        **facts, held_on=first.replace(day=20), members=9, present=9, assessment="met", by=by
    )


@pytest.mark.django_db
def test_the_database_refuses_to_change_what_was_kept(shut):
    assert ClosedLine.objects.filter(closing=shut.closing).exists()
    for table in ("reports_closedyear", "reports_closedline"):
        for statement in (f"UPDATE {table} SET closing_id = 7", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                connection.cursor().execute(statement)


@pytest.mark.django_db
def test_the_second_check_finds_a_line_that_is_not_what_was_written(shut, monkeypatch):
    assert prove_year(shut.closing)[1:] == (True, ())
    call_command("check_figures", stdout=StringIO())
    lines = list(written_lines(shut.closing))
    gone = next(line for line in lines if line.key == "decided")
    monkeypatch.setattr(
        year_lines, "written_lines", lambda closing: [row for row in lines if row is not gone]
    )
    number, holds, wrong = prove_year(shut.closing)
    assert (number, holds) == (len(lines) - 1, False)
    assert {(cell.unit, cell.right - cell.left) for cell in wrong} >= {(shut.root.code, 1)}
    with pytest.raises(SystemExit):
        call_command("check_figures", stdout=StringIO(), stderr=StringIO())
    with pytest.raises(SystemExit):
        call_command("verify_quarter", "2016", "4", stdout=StringIO())


@pytest.mark.django_db
def test_a_quarter_closed_again_keeps_its_year_anew(shut, second):
    annul(shut.rows[0], shut.leader)
    ask_reopening(shut.closing, by=shut.admin, reason="sửa")
    shut.closing.refresh_from_db()
    confirm_reopening(shut.closing, by=second)
    again = close_quarter(Q4, by=shut.admin)
    former = QuarterClosing.objects.get(pk=shut.closing.pk)
    for closing, number in ((former, 4), (again, 3)):
        assert year_reading.closed_chain(closing, shut.root).whole["decided"].people == number


@pytest.mark.django_db
def test_whose_limit_is_over_without_the_step_is_among_those_too_late(district):
    row = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    Dossier.objects.filter(pk=row.pk).update(branch_resolved_on=date(2016, 9, 1))
    year = periods.year_period(2017)
    counts = chain.read_chain(district.root, year).whole["decided"]
    assert (counts.late, counts.overdue, counts.passed) == ([], [row.pk], [row.pk])
    assert [one.dossier.pk for one in Worklist(district.staff).groups["qua"]] == [row.pk]
    assert delays.delay_reasons(counts.passed, load_calendar()) != {}
    before = chain.read_chain(district.root, periods.year_period(2016)).whole["decided"]
    assert before.passed == [], "a period that is over counts who was late in it"
