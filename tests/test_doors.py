"""Every address × every role: who gets in, who is sent away, and that looking changes nothing."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from admissions import classes, workflow
from admissions.models import Candidate, DayOff, Dossier, Meeting, Reason
from admissions.states import State
from branches.drafts import ChangeDraft, draft_reorganisation
from branches.models import ChangeKind, Organisation, Reorganisation
from notation.dates import now
from oversight import teams
from oversight.models import ExplanationRequest, Reward
from oversight.plans import record_plan
from oversight.tasks import assign_task
from reports import jobs, periods, tasks
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.doors import DOORS, IN_THE_MENU, OUTSIDE, ROLES
from tests.markup import markup

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

"""Addresses of what lies outside a commune's scope."""


@pytest.fixture
def doors(district, settings, tmp_path):
    settings.REPORTS_DIR = tmp_path
    near = factories.reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    far = factories.dossier(district.far, district.staff)
    factories.admitted(
        district.far, district.staff, on=date(2014, 2, 10)
    )  # the register goes back eight quarters
    facts = {"held_on": date(2017, 2, 20), "members": 9, "present": 9, "by": district.staff}
    meeting = Meeting.objects.create(unit=district.rural, body="branch", **facts)
    afar = Meeting.objects.create(unit=district.far, body="branch", **facts)
    course = factories.awareness_class(district.root, district.staff)
    classes.nominate_people(course, [classes.Nominee(far)], by=district.staff, on=date(2017, 2, 25))
    close_quarter(quarter_period(2014, 1), by=district.admin)
    district.branch.calendar_key = "k" * 43
    district.branch.save()
    done = Dossier.objects.get(decided_on__isnull=False)
    asked = workflow.ask_correction(
        workflow.draft_correction(done, None, {"sex": "male"}), by=district.staff, reason="sai"
    )
    job = tasks.ask_for_file(district.root, periods.quarter_period(2016, 4), by=district.staff)
    jobs.run_job(job)
    return {
        **{name: getattr(district, name).pk for name in ("root", "home", "other", "rural")},
        "near": near.get_absolute_url(),
        "applied": near.events.get(action="apply").no,
        "done": done.get_absolute_url(),
        "correction": asked.pk,
        "far": far.get_absolute_url(),
        "far_number": far.number,
        "feed": district.branch.calendar_key,
        "job": job.pk,
        "meeting": meeting.pk,
        **_class_rows(course),
        "afar": afar.pk,
        **_oversight_rows(district),
        "day_off": DayOff.objects.first().pk,
        "reason": Reason.objects.first().pk,
        "task": _task(district, district.rural),
        "far_task": _task(district, district.far),
        "far_unit": district.far.pk,
        **_reforms(district),
        **_year_rows(district, district.home, district.rural),
        **{f"far_{name}": pk for name, pk in _year_rows(district, district.other, district.far).items()},
    }


def _class_rows(course):
    """{name: primary key} of a class and of the one person in it."""
    return {"course": course.pk, "enrolment": course.enrolments.get().pk}


def _oversight_rows(district):
    """{name: primary key} of a team, a follower, and a visit inside and one outside the scope of Trung Nguyên."""
    people = factories.overseers(district)
    teams.add_team_unit(people.team, district.other, since=factories.ASSIGNED, by=district.leader)
    visit, visit_afar = (
        factories.held_visit(unit, people.team, district.staff) for unit in (district.rural, district.far)
    )
    return {
        "team": people.team.pk,
        "follower": people.follower.pk,
        "visit": visit.pk,
        "visit_afar": visit_afar.pk,
    }


def _year_rows(district, base, branch):
    """{name: primary key} of a plan and a letter of `base`, and a reward of `branch`."""
    days = {"first": date(2016, 1, 1), "last": date(2016, 12, 31)}
    facts = {"kind": "plan", "number": "KH 02-KH/ĐU", "on": date(2016, 1, 12), "title": "Kế hoạch"}
    plan = record_plan(base, **facts, **days, by=district.staff)
    asked = {"number": "45-CV/BTC", "on": date(2017, 1, 16), "due": date(2017, 2, 10)}
    letter = ExplanationRequest.objects.create(
        unit=base, **days, **asked, quota=3, reached=1, by=district.staff
    )
    facts = {"kind": "praise", "reason": "Đạt.", "proposed_on": date(2017, 1, 18)}
    reward = Reward.objects.create(unit=branch, **days, **facts, proposed_by=district.staff)
    return {"plan": plan.pk, "letter": letter.pk, "reward": reward.pk}


def _reforms(district):
    """{name: primary key} of plans of changes: a draft of the district with two changes, one done, one of Đồng Văn."""
    rename = ChangeDraft(ChangeKind.RENAME, (district.far,), None, ({"name": "Báo Văn Mới"},))
    dissolve = ChangeDraft(ChangeKind.DISSOLVE, (district.school,))
    basis = {"title": "Sắp xếp", "number": "96-QĐ/HU", "decided_on": date(2017, 2, 20), "issuer": "Huyện ủy"}
    basis |= {"day": date(2017, 2, 27)}
    plan = draft_reorganisation(district.root, basis, [rename, dissolve], by=district.admin)
    far = draft_reorganisation(district.other, basis, [rename], by=district.admin)
    done = draft_reorganisation(district.root, basis, by=district.admin)
    Reorganisation.objects.filter(pk=done.pk).update(state="done", done_at=now(), done_by=district.admin)
    change = plan.changes.get(position=1)
    return {"reform": plan.pk, "unit_change": change.pk, "done_reform": done.pk, "far_reform": far.pk}


def _task(district, unit):
    facts = {"what": "Họp", "who": "An", "before": date(2017, 3, 1), "on": date(2017, 2, 1)}
    return assign_task(unit, **facts, by=district.staff).pk


def names(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        elif isinstance(entry, URLResolver):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def test_every_address_has_its_row():
    assert set(names()) == set(DOORS)


@pytest.mark.parametrize("role", [*ROLES, "anonymous"])
def test_who_gets_in(client, district, doors, role):
    if role != "anonymous":
        client.force_login(getattr(district, role))
    found = {name: client.get(url.format(**doors)).status_code for name, (url, _) in DOORS.items()}
    assert found == {name: answers[role] for name, (_, answers) in DOORS.items()}


@pytest.mark.parametrize("role", ["commune", "branch"])
def test_outside_ones_scope_there_is_nothing(client, district, doors, role):
    client.force_login(getattr(district, role))
    addresses = [url.format(**doors) for url in OUTSIDE]
    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 404)
    answers = {url: client.post(url, {}).status_code for url in addresses}
    assert {url: code for url, code in answers.items() if code not in (404, 405)} == {}


@pytest.fixture
def neighbour(district, doors):
    """Another district with a commune, a branch and a dossier of its own, both districts under one province."""
    add = Organisation.objects.create
    facts = {"valid_from": date(2010, 1, 1)}
    top = add(tier="province", kind="province", name="Vĩnh Phúc", code="P", **facts)
    Organisation.objects.filter(pk=district.root.pk).update(parent=top)
    for unit in Organisation.objects.under(district.root):
        Organisation.objects.filter(pk=unit.pk).update(path=f"{top.path}{unit.path}")
    root = add(tier="district", kind="district", name="Lập Thạch", code="H2", parent=top, **facts)
    base = add(tier="base", kind="commune", name="Xuân Hòa", code="X2", parent=root, **facts)
    branch = add(tier="branch", kind="village", name="Đồi Thông", code="C2", parent=base, rural=True, **facts)
    people = {
        role: factories.user(f"khac-{role}", role, root)
        for role in ("board_staff", "board_leader", "administrator")
    }
    people["commune_committee"] = factories.user("khac-xa", "commune_committee", base)
    factories.admitted(branch, people["board_staff"], on=date(2016, 11, 8), full_name="Khổng Thị Sim")
    return SimpleNamespace(top=top, root=root, base=base, branch=branch, people=people)


OF_THE_REGISTER = ("{day_off}", "{reason}", "{feed}", "{course}")
"""What is no district's own: catalogues, a calendar by its secret key; classes have their own tests."""


@pytest.mark.parametrize("role", ["board_staff", "board_leader", "administrator", "commune_committee"])
def test_one_district_finds_nothing_of_another(client, district, doors, neighbour, role):
    client.force_login(neighbour.people[role])
    named = {url for url, _answers in DOORS.values() if "{" in url} | set(OUTSIDE)
    addresses = [url.format(**doors) for url in named if not any(name in url for name in OF_THE_REGISTER)]
    for ask in (client.get, client.post):
        answers = {url: ask(url).status_code for url in addresses}
        found = {url for url, code in answers.items() if code not in (404, 405)}
        refused = {
            url for url in found if answers[url] == 403 == ask(re.sub("[0-9]+", "999999", url)).status_code
        }
        assert found - refused == set(), "403 only where nobody of that role gets in, whatever stands there"


@pytest.mark.parametrize("role", ["board_staff", "administrator", "commune_committee"])
def test_no_page_of_one_district_names_anybody_or_anything_of_another(client, doors, neighbour, role):
    theirs = Organisation.objects.exclude(path__startswith=neighbour.root.path).exclude(pk=neighbour.top.pk)
    names = {*theirs.values_list("name", flat=True), *Candidate.objects.values_list("full_name", flat=True)}
    names -= {"Khổng Thị Sim", "Yên Lạc"}  # the installation bears the name of one
    client.force_login(neighbour.people[role])
    seen = 0
    for name, (url, _answers) in DOORS.items():
        page = client.get(url) if "{" not in url else None
        if page is not None and page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            text = page.content.decode()
            assert [word for word in names if word in text] == [], name
            seen += 1
    assert seen > 30


def test_the_province_sees_both_and_alone_closes(client, district, neighbour):
    people = {
        role: factories.user(f"tinh-{role}", role, neighbour.top) for role in ("board_staff", "administrator")
    }
    client.force_login(people["board_staff"])
    page = markup(client.get("/chi-tieu/?ky=2016"))
    assert "Yên Lạc" in page and "Lập Thạch" in page
    assert client.get(f"/don-vi/{neighbour.branch.pk}/").status_code == 200
    for by in (neighbour.people["administrator"], district.admin):
        client.force_login(User.objects.get(pk=by.pk))
        assert client.get("/bao-cao/2016/4/khoa/").status_code == 403
    client.force_login(people["administrator"])
    assert client.get("/bao-cao/2016/4/khoa/").status_code == 200


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_the_menu_says_where_one_is(client, district, doors, role):
    client.force_login(getattr(district, role))
    for name, (url, answers) in DOORS.items():
        places = IN_THE_MENU.get(name.partition(":")[0])
        if places and answers[role] == 200:
            page = client.get(url.format(**doors))
            if page["Content-Type"].startswith("text/html"):
                menu = markup(page).partition("</nav>")[0]
                shown = re.findall(r'<a href="([^"]*)" aria-current="page">', menu)
                assert len(shown) == 1 and re.match(places, shown[0]), (name, shown)


def test_a_get_only_reads(client, district, doors):
    client.force_login(district.staff)

    def only_reading(execute, sql, params, many, context):
        # who looked at what is the one thing it leaves
        if sql.startswith('INSERT INTO "accounts_activity" '):
            return execute(sql, params, many, context)
        assert sql.lstrip().split()[0].upper() in {"SELECT", "WITH", "SAVEPOINT", "RELEASE", "BEGIN"}, sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(only_reading):
        for name, (url, answers) in DOORS.items():
            assert client.get(url.format(**doors)).status_code == answers["staff"], name


@pytest.mark.parametrize(
    "url",
    [
        "/chi-tieu/?ky=2016-q5",
        "/chi-tieu/?ky=x",
        "/chi-tieu/?don-vi=x",
        "/chi-tieu/ho-so/?tu=31/02/2016&den=01/03/2016",
        "/chi-tieu/?don-vi=" + "9" * 4400,
        "/chi-tieu/im-lang/?im-lang=00089999",
        *(f"/chi-tieu/?ky={code}" for code in ("0001-q1", "1000", "9999-12-31..9999-12-31")),
        "/chi-tieu/dat/?ky=1000-01-01..2999-12-31",
        "/bao-cao/2016/5/",
        "/bao-cao/2018/1/",
        "/ho-so/2016/99999999999999999999/",
        "/don-vi/99999999999999999999/",
        "/chi-tieu/ho-so/?so=khong-co",
        "/nguon/chuoi/?nhom=khong-co",
        "/nguon/chuoi/nguoi/",
        "/nguon/chuoi/nguoi/?buoc=x",
        "/nguon/chuoi/nguoi/?buoc=listed&xem=cho",
        "/nguon/chuoi/nguoi/?buoc=listed&xem=x",
        "/chi-tieu/?ky=9999999",
        "/theo-doi/buoi/?ky=2019-q1",
        "/theo-doi/buoi/?ky=2016",
        "/theo-doi/buoi/thieu-sot/?loai=x",
        "/theo-doi/buoi/so-lieu/?so=x",
        "/theo-doi/buoi/so-lieu/?so=sources&ngay=31/12/2016",
        "/theo-doi/buoi/99999999999999999999/",
        "/theo-doi/phu-trach/99999999999999999999/",
        "/theo-doi/phu-trach/?ky=2017-q2",
        "/chi-tieu/xep-hang/?tu=01/03/2016&den=01/02/2016",
    ],
)
def test_an_address_that_names_nothing_is_not_an_error(client, district, url):
    client.force_login(district.staff)
    assert client.get(url).status_code == 404


def test_an_act_that_the_table_does_not_name_has_no_page(client, district, doors):
    client.force_login(district.staff)
    assert client.get(f"{doors['near']}viec/khong-co/").status_code == 404
