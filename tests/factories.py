"""Rows for tests: a district with two communes, and dossiers carried to any state through the workflow."""

import itertools
from datetime import date, timedelta
from types import SimpleNamespace

from accounts.models import Post, User
from accounts.roles import Role
from admissions import classes, workflow
from admissions.models import AwarenessClass, Candidate, Dossier, Ethnicity, Religion
from admissions.rules import document_numbers, required_papers
from admissions.states import State
from admissions.workflow import ACTS
from admissions.workflow.act_papers import papers_of_acts
from branches.models import Kind, Organisation, Tier
from oversight import teams, visits
from reports.closing.source import open_source
from reports.models import Basis, Quota
from reports.quotas import attainment
from reports.unit_group import group_units

BEGIN = date(2010, 1, 1)
numbers = itertools.count(1)


def unit(parent, tier, kind, name, **extra):
    extra.setdefault("valid_from", BEGIN)
    return Organisation.objects.create(
        parent=parent, tier=tier, kind=kind, name=name, code=f"C{next(numbers):05d}", **extra
    )


def user(username, role, at, *, since=BEGIN, until=None, full_name="Nguyễn Văn Thử"):
    row = User.objects.create_user(username, "mat-khau-dai", full_name=full_name)
    Post.objects.create(user=row, unit=at, role=role, since=since, until=until)
    return row


def district():
    """Yên Lạc in small: two communes with a rural and another branch each, a base branch, one user for each role."""
    root = unit(None, Tier.DISTRICT, Kind.DISTRICT, "Yên Lạc")
    home = unit(root, Tier.BASE, Kind.COMMUNE, "Trung Nguyên")
    other = unit(root, Tier.BASE, Kind.COMMUNE, "Đồng Văn")
    rural = unit(home, Tier.BRANCH, Kind.VILLAGE, "Tân Nguyên", rural=True)
    school = unit(home, Tier.BRANCH, Kind.PUBLIC_UNIT, "Trường THCS")
    far = unit(other, Tier.BRANCH, Kind.VILLAGE, "Báo Văn", rural=True)
    firm = unit(root, Tier.BASE, Kind.PRIVATE_ENTERPRISE, "Công ty May", is_base_branch=True)
    return SimpleNamespace(
        root=root,
        home=home,
        other=other,
        rural=rural,
        school=school,
        far=far,
        firm=firm,
        staff=user("lan", Role.BOARD_STAFF, root, full_name="Phùng Thị Lan"),
        leader=user("khanh", Role.BOARD_LEADER, root),
        admin=user("quan-tri", Role.ADMINISTRATOR, root),
        commune=user("xa", Role.COMMUNE_COMMITTEE, home),
        branch=user("chi-bo", Role.BRANCH_COMMITTEE, rural),
    )


def candidate(**facts):
    values = {
        "full_name": "Đỗ Thị Thanh Bình",
        "born_on": date(1992, 8, 14),
        "sex": "female",
        "ethnicity": Ethnicity.objects.get(name="Kinh"),
        "religion": Religion.objects.get(name="Không"),
        "home_place": "Trung Nguyên, Yên Lạc",
        "residence": "Thôn Tân Nguyên",
        "occupation": "farmer",
        "education": "upper_secondary",
    }
    return Candidate(**values | facts)


def dossier(branch, by, *, person=None, listed_on=date(2015, 3, 12), **facts):
    """A dossier on the source list."""
    values = {
        "branch": branch,
        "introduction": "two_members",
        "introducer": "Lê Văn Toản",
        "second_introducer": "Nguyễn Văn Thực",
        "helper": "Nguyễn Văn Thực",
        "listed_on": listed_on,
    }
    return workflow.enter_dossier(person or candidate(), Dossier(**values | facts), by=by)


BRANCH_BALLOT = {"number": "14-NQ/CB", "members": 18, "present": 16, "agree": 15, "disagree": 1}
BASE_BALLOT = {"number": "62-NQ/ĐU", "members": 15, "present": 15, "agree": 14, "disagree": 1}
ROAD = (
    ("apply", date(2016, 8, 15), {}),
    ("branch_agrees", date(2016, 12, 5), BRANCH_BALLOT),
    ("base_agrees", date(2016, 12, 20), BASE_BALLOT),
    ("receive", date(2016, 12, 28), {}),
    ("put_forward", date(2017, 1, 5), {}),
    ("decide", date(2017, 1, 10), {"number": "31-QĐ/HU"}),
    ("hand_over", date(2017, 1, 13), {}),
    ("ceremony", date(2017, 2, 3), {}),
)
"""The acts that lead a dossier from the list to probation, each on a day that fits."""


def reach(row, state, by, exception="", **days):
    """Carry a listed dossier along the road until it is in `state`; `days` moves an act to another day."""
    if row.state == state:
        return row
    for action, on, facts in ROAD:
        on = days.get(action, on)
        if action == "branch_agrees":
            have_papers(row, by, "branch", dated_on=min(CERTIFIED, row.applied_on))
        if "number" in facts:
            facts = facts | {"number": free_number(row, ACTS[action].body, facts["number"], on)}
        workflow.perform(row, action, by=by, on=on, exception=exception, **facts)
        if row.state == state and action != "decide":
            return row
        if row.state == state == State.DECIDED:
            return row
    raise AssertionError(f"the road does not lead to {state}")


def free_number(row, body, number, on):
    """`number`, or the next one when its issuer has used it on another day."""
    serial, symbol = document_numbers.parse_number(number)
    issuer = document_numbers.issuing_unit(row, body)
    used = issuer.documents.filter(symbol=symbol, serial=serial).exclude(dated_on=on).exists()
    return document_numbers.propose_number(issuer, symbol, on) if used else number


CERTIFIED = date(2015, 10, 24)


def have_papers(row, by, *phases, dated_on=CERTIFIED):
    """All papers of `phases` that no act brings, dated 24/10/2015 unless said otherwise."""
    of_acts = papers_of_acts(row)
    rows = {
        need.paper.code: {"had": True, "number": "1", "dated_on": dated_on, "note": ""}
        for need in required_papers.required_papers(row, *phases)
        if need.counts and need.paper.code not in of_acts
    }
    workflow.record_papers(row, rows, by=by)


def admitted(branch, by, on=date(2017, 1, 10), exception="", **person):
    """Someone admitted by `branch` on `on`; every date before moves with it. `exception` as in `workflow.perform`."""
    shift = on - date(2017, 1, 10)
    row = dossier(
        branch, by, person=candidate(**person), listed_on=date(2015, 3, 12) + min(shift, timedelta())
    )
    days = {action: day + shift for action, day, _ in ROAD}
    return reach(row, State.DECIDED, by, exception, **days)


def awareness_class(at, by, **facts):
    """A class of the last week of February 2017, opened by the committee `at`."""
    values = {
        "unit": at,
        "name": "Khóa I năm 2017",
        "number": "112-QĐ/HU",
        "decided_on": date(2017, 2, 10),
        "organiser": "Trung tâm Bồi dưỡng chính trị huyện",
        "place": "Trung tâm Bồi dưỡng chính trị huyện",
        "first": date(2017, 2, 27),
        "last": date(2017, 3, 3),
        "days": 5,
    }
    return classes.open_class(AwarenessClass(**values | facts), by=by)


def quota(unit, period, number, **facts):
    """A quota assigned to `unit` for `period`, resting on "KH 1" of that period's first day."""
    basis, _new = Basis.objects.get_or_create(number="KH 1", on=period.first)
    return Quota.objects.create(
        unit=unit, first=period.first, last=period.last, number=number, **{"basis": basis} | facts
    )


def heads_asked(unit, period, measure="admitted"):
    """{primary key: number} of the quotas in heads at `unit` and below it."""
    targets = attainment.head_quotas(unit, period, measure)
    return {pk: target.number for pk, target in targets.items()}


DOCUMENT = "QĐ 204-QĐ/HU, 14/9/2015"
ASSIGNED = date(2016, 1, 4)


def account(username, full_name):
    """Somebody without a post."""
    return User.objects.create_user(username, "mat-khau-dai", full_name=full_name)


def overseers(district):
    """A follower of Trung Nguyên, and the third team, which visits it: its head and a member."""
    follower = account("phu-trach", "Tạ Văn Hùng")
    head, member = account("to-truong", "Đào Thị Nhàn"), account("to-vien", "Lê Quang Huy")
    facts = {"since": ASSIGNED, "basis": DOCUMENT, "by": district.leader}
    row = teams.assign_follower(follower, district.home, **facts)
    team = teams.create_team(district.root, 3, head=head, members=[member], units=[district.home], **facts)
    return SimpleNamespace(follower=follower, head=head, member=member, team=team, row=row)


def held_visit(unit, team, by, on=date(2017, 2, 24)):
    """A visit that was held, with nothing written down yet."""
    row = visits.arrange_visit(unit, on=on, by=by, team=team)
    visits.hold_visit(row, on=on, met="Bí thư, phó bí thư", members=27, present=23, by=by, seen=0)
    row.refresh_from_db()
    return row


def source(period, *units):
    """Where a report on these units takes its figures from."""
    return open_source(group_units(units), period)
