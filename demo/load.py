"""Load the demonstration district, and assert that it shows the published figures."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import Activity, User
from admissions import workflow
from admissions.choices import Sex
from admissions.models import Dossier, Ethnicity, Religion
from admissions.rules import working_days
from admissions.states import State
from admissions.workflow.hand_over import hand_over_dossier
from branches.hand_over import HandOver
from branches.models import Kind, Mandate
from demo import (
    cases,
    closings,
    movements,
    plan,
    quotas,
    snapshot,
    year_chain,
    year_classes,
    year_plans,
    year_reviews,
    year_sources,
    year_visits,
)
from demo.accounts import PASSWORD, create_accounts
from demo.moments import office_hour
from demo.people import GROUPS, People, cast_people
from demo.stories import TERMS, Story, Teller, branch_day_for
from demo.units import SPLIT, SPLIT_BASIS, UNITS, District, build_units, find_district, plan_of_branches
from notation.dates import today
from reports import periods
from reports.closing import reading
from reports.figures import figures, silence
from reports.measures import ADMITTED, RURAL

SEED = 251
DAY = date(2017, 2, 27)
"""The day of the snapshot: the stories go as far as the register's own day."""
STORIES = 808


Report = Callable[[str], None]
"""Is given a line at each stage of loading."""


def date_settings(rows: QuerySet[Activity]) -> None:
    """Give the log of changed settings the hours of an office day, in its order: it is written as they are told."""
    for order, row in enumerate(rows.order_by("pk")):
        Activity.objects.filter(pk=row.pk).update(at=office_hour(DAY - timedelta(days=3), order))


def say_nothing(line: str) -> None:
    """Report nothing."""


class DemonstrationTeller(Teller):
    """The teller, with what only this district's stories need."""

    leader: User | None = None
    split: HandOver
    report: Report = staticmethod(say_nothing)

    def __init__(self, *args):
        super().__init__(*args)
        self.held, self.late, self.stories = defaultdict(list), None, 0

    def tell(self, story):
        self.stories += 1
        if self.stories % 100 == 0:
            self.report(f"Told {self.stories} of {STORIES} stories")
        return super().tell(story)

    def number(self, dossier, body, on):
        self.hand_over(dossier, on)
        return super().number(dossier, body, on)

    def act(self, dossier, action, on, **facts):
        self.hand_over(dossier, on)
        at = office_hour(max(on, self.late or on), dossier.version)
        why = closings.WHY if self.late else ""
        workflow.perform(dossier, action, by=self.staff, at=at, on=on, exception=why, **facts)

    def hand_over(self, dossier, on):
        """With the split of Thiệu Tổ a dossier goes to one of its two heirs, before anything later is done to it."""
        if dossier.branch_id == self.split.old.pk and on >= self.split.on:
            heir = self.split.heirs[dossier.serial % 2]
            at = office_hour(self.split.on, dossier.version)
            hand_over_dossier(dossier, heir, self.split, by=self.staff, at=at)

    def go_on(self, story, dossier, days, stops):
        """Tell the chapters that the closing of the decision's quarter knew, and hold the others until then."""
        for n, stop in enumerate(stops):
            if closings.is_unknown_at_closing(story, days, stop):
                self.held[closings.quarter_of(story.decided)].append((story, dossier, days, stops[n:]))
                return
            super().go_on(story, dossier, days, [stop])

    def resume(self, quarter):
        """Tell what was held until `quarter` was closed."""
        for story, dossier, days, stops in self.held.pop(quarter, ()):
            self.late = story.recorded
            super().go_on(story, dossier, days, stops)
            self.late = None

    def act_as_leader(self, dossier, action, on, **facts):
        self.hand_over(dossier, on)
        workflow.perform(dossier, action, by=self.leader, at=office_hour(on, dossier.version), on=on, **facts)

    def lose(self, dossier, code, on, note):
        """Record that a paper that was there is not any more."""
        row = dossier.papers.get(code=code)
        rows = {code: {"had": False, "number": row.number, "dated_on": row.dated_on, "note": note}}
        self.record(dossier, rows, on)


def load_demonstration(*, retell: bool = False, report: Report = say_nothing) -> District:
    """Write the whole district in one transaction; the same rows every time.

    They come from the snapshot. With `retell`, on another day than the snapshot's, or where it does not fit the
    tables, the stories are told again, which takes half a minute.
    Raises `AssertionError` when a published figure does not come out.
    """
    with transaction.atomic():
        if retell or today() != DAY or not _fill(report):
            tell_district(report)
        _analyze()
        district = find_district()
        report("Comparing with the published figures")
        assert_published_figures(district)
    return district


def _fill(report: Report) -> bool:
    """Whether the snapshot fits this database and has been written to it."""
    try:
        rows = snapshot.fill_tables(PASSWORD)
    except snapshot.Outdated as outdated:
        report(str(outdated))
        return False
    report(f"Filled {rows} rows from the snapshot")
    return True


def tell_district(report: Report) -> None:
    """Tell the stories of the district one by one through the verbs of the pages."""
    district = build_units()
    Mandate.objects.bulk_create(
        Mandate(unit=district.root, name=f"Đại hội {name}", since=since) for name, since in TERMS
    )
    users = create_accounts(district)
    quotas.give_quotas(district, users)
    random = Random(SEED)  # noqa: S311 - a demonstration, not a secret
    teller = DemonstrationTeller(
        random,
        working_days.load_calendar(),
        People(random),
        users["district"],
        {False: Ethnicity.objects.get(name="Kinh"), True: Ethnicity.objects.get(name="Sán Dìu")},
        {False: Religion.objects.get(name="Không"), True: Religion.objects.get(name="Công giáo")},
    )
    teller.leader, teller.report = users["leader"], report
    heirs = tuple(district.branches["Trung Nguyên", name] for name in ("Thiệu Tổ 1", "Thiệu Tổ 2"))
    teller.split = HandOver(old=district.old_thieu_to, heirs=heirs, on=SPLIT, basis=SPLIT_BASIS)
    _admitted(teller, district)
    annulled = cases.tell_ended_otherwise(teller, district)
    cases.tell_under_way(teller, district)
    cases.add_sources(teller, district)
    _analyze()
    report(f"Closing {len(closings.CLOSED)} quarters")
    closings.record_closings(teller, annulled, users["admin"])
    movements.write_movements(district, users["district"])
    cases.tell_double(teller)
    year_sources.add_more_sources(teller, district)
    year_classes.hold_classes(teller, district)
    year_sources.tell_year_of_sources(teller)
    year_plans.tell_plans(district, users)
    year_reviews.tell_reviews(district, users)
    year_visits.tell_visits(teller, district, users["leader"])
    closings.keep_last_year()
    year_chain.note_one_delay(teller, district.root)
    date_settings(Activity.objects.filter(action=Activity.Action.SETTING))
    assert teller.stories == STORIES


def _analyze():
    """The planner still believes the tables empty, and would join them row by row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _admitted(teller, district):
    slots = list(enumerate(plan.plan_admissions(teller.random)))
    days = {index: plan.day_of_session(slot.year, slot.half, teller.calendar) for index, slot in slots}
    kinds = {(u.name, name): kind for u in UNITS for name, kind, _ in plan_of_branches(u)}
    groups, people = defaultdict(list), {}
    for index, slot in slots:
        groups[slot.year, slot.in_q4].append((index, slot))
    for key, margins in GROUPS.items():
        people |= cast_people(
            teller.people,
            groups[key],
            margins,
            lambda slot: kinds.get((slot.unit, slot.branch), Kind.VILLAGE),
            lambda slot: plan.day_of_session(slot.year, slot.half, teller.calendar),
        )
    firms = [index for index, slot in slots if slot.unit == "Doanh nghiệp, HTX" and slot.year == 2016]
    quyen = [index for index in firms if people[index].sex == Sex.MALE][-1]
    gone = next(index for index, slot in slots if slot.year == 2015)
    late = [index for index, slot in slots if closings.is_late(slot)][-1]
    days[late] = closings.DECIDED
    for index, slot in slots:
        branch = district.branches.get((slot.unit, slot.branch), district.old_thieu_to)
        story = Story(
            branch, people[index], branch_day_for(teller, days[index]), State.OFFICIAL, decided=days[index]
        )
        story.late_conversion = index % 37 == 5 and days[index] > date(2015, 12, 1)
        if index == quyen:
            people[index].full_name = "Lê Văn Quyền"
            story.number, story.ceremony, story.fixed = (2016, 239), False, {"handed": date(2017, 1, 6)}
        if index == gone:
            story.until = State.PROBATIONARY
        if index == late:
            story.recorded = closings.RECORDED
        year_chain.delay_story(story, index, teller)
        dossier = teller.tell(story)
        if index == gone:
            cases.tell_of_leaving(teller, dossier)


def assert_published_figures(district: District) -> None:
    """Assert the published figures, to the digit; a district that says anything else is not loaded."""

    def check(unit, period, admitted, rural):
        found = figures.count_unit(unit, period, (ADMITTED, RURAL))
        assert found == {"admitted": admitted, "rural": rural}, (unit.title, str(period), found)

    check(district.root, periods.year_period(2015), 278, 119)
    check(district.root, periods.year_period(2016), 268, 162)
    check(district.root, periods.span_of_years(2015, 2016), 546, 281)
    for n, then, now in ((1, 48, 49), (2, 76, 75), (3, 61, 61)):
        assert figures.list_figure(district.root, periods.quarter_period(2016, n)).count() == now, n
        closing = reading.valid_closing(2016, n)
        assert closing and reading.closed_totals(closing, district.root)["admitted"] == then, n
    check(district.base["Trung Nguyên"], periods.any_days(date(2016, 1, 1), date(2017, 2, 27)), 19, 15)
    for unit in UNITS:
        row = district.base[unit.name]
        check(row, periods.year_period(2016), unit.admitted, unit.rural)
        check(row, periods.year_period(2015), unit.admitted_2015, unit.rural_2015)
        check(row, periods.quarter_period(2016, 4), *unit.q4)
        check(row, periods.year_period(2017), *unit.in_2017)
        under_way = Dossier.objects.under(row).under_way().count()
        assert under_way == unit.under_way, (unit.name, under_way)
        silent = silence.silent_branches(row, periods.year_period(2016))
        assert silent is not None and silent.count() == unit.silent, (unit.name, silent)
