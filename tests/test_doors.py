"""Every address × every role: who gets in, who is sent away, and that looking changes nothing."""

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from admissions import classes, workflow
from admissions.models import DayOff, Dossier, Meeting, Reason
from admissions.states import State
from oversight import teams
from oversight.models import ExplanationRequest, Reward
from oversight.plans import record_plan
from oversight.tasks import assign_task
from reports import jobs, periods, tasks
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.markup import markup

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("staff", "leader", "admin", "commune", "branch")
ALL = dict.fromkeys(ROLES, 200)
OWN = ALL | {"anonymous": 302}
"""Everyone who is signed in; the others are sent to the sign-in page."""


def only(*roles, other=403):
    return {role: 200 if role in roles else other for role in ROLES} | {"anonymous": 302}


POST_ONLY = dict.fromkeys(ROLES, 405) | {"anonymous": 302}
DOORS = {
    "home": ("/", dict.fromkeys((*ROLES, "anonymous"), 302)),
    "healthz": ("/healthz", ALL | {"anonymous": 200}),
    "set_language": ("/ngon-ngu/", dict.fromkeys((*ROLES, "anonymous"), 302)),
    "accounts:login": ("/dang-nhap/", dict.fromkeys(ROLES, 302) | {"anonymous": 200}),
    "accounts:logout": ("/dang-xuat/", POST_ONLY),
    "accounts:theme": ("/giao-dien/", dict.fromkeys((*ROLES, "anonymous"), 405)),
    "accounts:keys": ("/phim-tat/", OWN),
    "accounts:account": ("/tai-khoan/", OWN),
    "calendar": ("/lich/{feed}.ics", ALL | {"anonymous": 200}),
    "admissions:dossiers": ("/ho-so/", OWN),
    "admissions:new": ("/ho-so/moi/", only("staff", "commune", "branch")),
    "admissions:arrival": ("/ho-so/chuyen-den/", only("staff")),
    "admissions:work": ("/ho-so/hom-nay/", OWN),
    "admissions:find": ("/ho-so/tim/?q=binh", OWN),
    "admissions:doubles": ("/ho-so/trung/", OWN),
    "admissions:tell_apart": ("/ho-so/trung/1/2/", POST_ONLY),
    "admissions:meetings": ("/ho-so/hop/", OWN),
    "admissions:meeting": ("/ho-so/hop/{meeting}/", OWN),
    "admissions:ballot": ("/ho-so/hop/moi/{rural}/branch/", only("staff", "commune", "branch", other=404)),
    "admissions:letter": ("{near}van-ban/extract/", OWN),
    "admissions:dossier": ("{near}", OWN),
    "admissions:edit": ("{near}sua/", only("staff", "commune", "branch")),
    "admissions:corrections": ("/ho-so/viec-sua/", OWN),
    "admissions:answer_correction": ("/ho-so/viec-sua/{correction}/", POST_ONLY),
    "admissions:correct_act": ("{near}sua-viec/{applied}/", only("staff", "commune", "branch")),
    "admissions:correct_facts": (
        "{done}sua-so-lieu/",
        only("staff") | dict.fromkeys(("commune", "branch"), 404),
    ),
    "admissions:take_back": ("{near}hoan-tac/{applied}/", POST_ONLY),
    "admissions:papers": ("{near}giay-to/", only("staff", "commune", "branch")),
    "admissions:reveal": ("{near}so-dinh-danh/", POST_ONLY),
    "admissions:act": ("{near}viec/put_forward/", only("staff", "leader")),
    "classes:list": ("/nguon/lop/", OWN),
    "classes:open": ("/nguon/lop/mo/", only("staff", "leader")),
    "classes:waiting": ("/nguon/lop/cho/", OWN),
    "classes:class": ("/nguon/lop/{course}/", OWN),
    "classes:change": ("/nguon/lop/{course}/sua/", only("staff", "leader")),
    "classes:people": ("/nguon/lop/{course}/nguoi/?buoc=dat", OWN),
    "classes:nominate": ("/nguon/lop/{course}/de-cu/?tat-ca=1", only("staff", "commune", "branch")),
    "classes:check": ("/nguon/lop/{course}/duyet/", only("staff", "leader", "commune")),
    "classes:attendance": ("/nguon/lop/{course}/du-hoc/", only("staff", "leader")),
    "classes:results": ("/nguon/lop/{course}/ket-qua/", only("staff", "leader")),
    "classes:certificates": ("/nguon/lop/{course}/cap/", only("staff")),
    "classes:take_back": ("/nguon/lop/{course}/thu-hoi/1/", POST_ONLY),
    "branches:tree": ("/don-vi/", OWN),
    "branches:unit": ("/don-vi/{rural}/", OWN),
    "branches:add": ("/don-vi/them/?cha={root}", only("admin")),
    "procedure:versions": ("/quy-dinh/", OWN),
    "procedure:version": ("/quy-dinh/qd29-2016/", OWN),
    "procedure:errata": ("/quy-dinh/dinh-chinh/", OWN),
    "procedure:compare": ("/quy-dinh/so-sanh/?a=qd29-2016&b=qd208-2026", OWN),
    "catalogues:index": ("/danh-muc/", OWN),
    "catalogues:activity": ("/danh-muc/nhat-ky/", only("admin")),
    "catalogues:calendar": ("/danh-muc/lich/?nam=2017", OWN),
    "catalogues:add_day": ("/danh-muc/lich/them/", only("admin")),
    "catalogues:remove_day": ("/danh-muc/lich/{day_off}/xoa/", only("admin")),
    "catalogues:reasons": ("/danh-muc/ly-do/", OWN),
    "catalogues:switch_reason": ("/danh-muc/ly-do/{reason}/", POST_ONLY),
    "catalogues:groups": ("/danh-muc/nhom-uu-tien/", OWN),
    "catalogues:change_group": ("/danh-muc/nhom-uu-tien/1/", POST_ONLY),
    "catalogues:deciding_bodies": ("/danh-muc/tham-quyen/", OWN),
    "catalogues:end_deciding_body": ("/danh-muc/tham-quyen/1/het/", POST_ONLY),
    "catalogues:registers": ("/danh-muc/so-van-ban/", OWN),
    "catalogues:templates": ("/danh-muc/mau-van-ban/", OWN),
    "catalogues:template": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/", only("admin")),
    "catalogues:template_file": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/tai/", OWN),
    "catalogues:restore_template": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/ve-goc/", POST_ONLY),
    "oversight:followed": ("/theo-doi/phu-trach/", OWN),
    "oversight:followed_by": ("/theo-doi/phu-trach/{follower}/", only("staff", "leader", other=404)),
    "oversight:followers": ("/theo-doi/phu-trach/phan-cong/", only("staff", "leader")),
    "oversight:end_follower": ("/theo-doi/phu-trach/phan-cong/1/thoi/", POST_ONLY),
    "oversight:teams": ("/theo-doi/to/", OWN),
    "oversight:team": ("/theo-doi/to/{team}/", OWN | {"branch": 404}),
    "oversight:change_team": ("/theo-doi/to/{team}/doi/", POST_ONLY),
    "oversight:calendar": ("/theo-doi/buoi/", OWN),
    "oversight:arrange": ("/theo-doi/buoi/hen/", only("staff", "leader")),
    "oversight:shortcomings": ("/theo-doi/buoi/thieu-sot/", OWN),
    "oversight:conclusion_tasks": ("/theo-doi/buoi/viec/", OWN),
    "oversight:visit_people": ("/theo-doi/buoi/so-lieu/?so=sources", OWN),
    "oversight:visit": ("/theo-doi/buoi/{visit}/", OWN),
    "oversight:hold": ("/theo-doi/buoi/{visit}/du/", only("staff", "leader")),
    "oversight:move_visit": ("/theo-doi/buoi/{visit}/doi/", POST_ONLY),
    "oversight:add_to_visit": ("/theo-doi/buoi/{visit}/bo-sung/", POST_ONLY),
    "oversight:notice": ("/theo-doi/buoi/{visit}/thong-bao.docx", only("staff", "leader")),
    "oversight:sheet": ("/theo-doi/buoi/{visit}/phieu.docx", only("staff", "leader")),
    "reports:dashboard": ("/chi-tieu/", OWN),
    "reports:dossiers": ("/chi-tieu/ho-so/?ky=2016", OWN),
    "reports:under_way": ("/chi-tieu/dang-lam/", OWN),
    "reports:checking": ("/chi-tieu/doi-chieu/?nam=2016", only("admin")),
    "reports:silent": ("/chi-tieu/im-lang/?ky=2016", OWN),
    "reports:ranking": ("/chi-tieu/xep-hang/?ky=2016", OWN),
    "reports:save_view": ("/chi-tieu/luu/", POST_ONLY),
    "reports:forget": ("/chi-tieu/luu/1/bo/", POST_ONLY),
    "reports:quotas": ("/chi-tieu/giao/?ky=2016", OWN),
    "reports:quota": ("/chi-tieu/giao/moi/?ky=2016", only("leader", "admin", "commune")),
    "reports:quota_grid": ("/chi-tieu/giao/luoi/?ky=2016", only("leader", "admin", "commune")),
    "reports:propose_quota": ("/chi-tieu/giao/de-nghi/?ky=2016", only("staff", "commune")),
    "reports:decline_quota": ("/chi-tieu/giao/de-nghi/1/tra-loi/", POST_ONLY),
    "reports:attainment": ("/chi-tieu/dat/?ky=2016", OWN),
    "reports:membership": ("/chi-tieu/dang-vien/", OWN),
    "reports:sources": ("/nguon/", OWN),
    "reports:answer_proposals": ("/nguon/y-kien/", POST_ONLY),
    "reports:helpers": ("/nguon/giup-do/", OWN),
    "reports:quarter_now": ("/bao-cao/", dict.fromkeys((*ROLES, "anonymous"), 302)),
    "reports:quarter": ("/bao-cao/2016/4/", OWN),
    "reports:close": ("/bao-cao/2016/4/khoa/", only("admin")),
    "reports:reopen": ("/bao-cao/2014/1/mo-lai/", only("leader", "admin")),
    "reports:entries": ("/bao-cao/2014/1/da-khoa/", OWN),
    "reports:verify": ("/bao-cao/doi-chieu-ma/", OWN),
    "reports:ask": ("/bao-cao/lap/?ky=2016-q4", POST_ONLY),
    "reports:job": ("/bao-cao/tep/{job}/", only("staff", other=404)),
    "reports:download": ("/bao-cao/tep/{job}/tai/", only("staff", other=404)),
    "reports:cancel": ("/bao-cao/tep/{job}/huy/", POST_ONLY),
    "reports:choose": ("/bao-cao/chon/", only("staff", "leader", "admin", "commune")),
    "reports:list": ("/bao-cao/danh-sach/?ky=2016-q4", OWN),
    "reports:words": ("/bao-cao/loi/?ky=2016-q4", only("staff", "leader", "admin", "commune")),
    "reports:class_file": (
        "/nguon/lop/{course}/tep/de-cu/",
        only("staff", "leader", "admin", "commune"),
    ),
    "reports:waiting_file": ("/nguon/lop/cho/tep/", only("staff", "leader", "admin", "commune")),
    "reports:chain": ("/nguon/chuoi/?ky=2016", OWN),
    "reports:chain_people": ("/nguon/chuoi/nguoi/?ky=2016&buoc=decided", OWN),
    "reports:chain_report": ("/nguon/chuoi/bao-cao/", POST_ONLY),
    "reports:movements": ("/bao-cao/dang-so/?ky=2016-q4", OWN),
    "oversight:home": ("/theo-doi/", OWN),
    "oversight:reviews": ("/theo-doi/ra-soat/", OWN),
    "oversight:review_list": ("/theo-doi/ra-soat/danh-sach/?loai=chua", OWN),
    "oversight:people": ("/theo-doi/ra-soat/nguoi/?so=sources", OWN),
    "oversight:remind": ("/theo-doi/ra-soat/nhac/", POST_ONLY),
    "oversight:reviews_of_branch": ("/theo-doi/ra-soat/{rural}/", OWN),
    "oversight:review": ("/theo-doi/ra-soat/{rural}/2017-02/", OWN),
    "oversight:score_review": ("/theo-doi/ra-soat/{rural}/2017-01/diem/", POST_ONLY),
    "oversight:reopen_review": ("/theo-doi/ra-soat/{rural}/2017-01/mo-lai/", POST_ONLY),
    "oversight:difficulty_list": ("/theo-doi/kho-khan/", OWN),
    "oversight:switch_difficulty": ("/theo-doi/kho-khan/1/", POST_ONLY),
    "oversight:plans": ("/theo-doi/van-ban/", OWN),
    "oversight:record_plan": ("/theo-doi/van-ban/moi/?ky=2017", only("staff", "leader", "commune")),
    "oversight:plan_draft": ("/theo-doi/van-ban/lap-ke-hoach/", POST_ONLY),
    "oversight:plan": (
        "/theo-doi/van-ban/{plan}/",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:change_plan": (
        "/theo-doi/van-ban/{plan}/sua/",
        only("staff", "commune") | {"branch": 404},
    ),
    "oversight:plan_people": (
        "/theo-doi/van-ban/{plan}/nguoi/?o=nguon",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:plan_branches": (
        "/theo-doi/van-ban/{plan}/chi-bo/",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:add_plan_task": (
        "/theo-doi/van-ban/{plan}/viec/",
        only("staff", "commune") | {"branch": 404},
    ),
    "oversight:plan_reminder": ("/theo-doi/van-ban/{plan}/nhac/", POST_ONLY),
    "oversight:letters": ("/theo-doi/giai-trinh/", OWN),
    "oversight:ask_explanations": (
        "/theo-doi/giai-trinh/moi/?ky=2016",
        only("staff", "leader", "commune"),
    ),
    "oversight:letter": (
        "/theo-doi/giai-trinh/{letter}/",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:letter_file": ("/theo-doi/giai-trinh/{letter}/tep/", POST_ONLY),
    "oversight:rewards": ("/theo-doi/khen-thuong/?ky=2016", OWN),
    "oversight:propose_reward": (
        "/theo-doi/khen-thuong/de-nghi/?ky=2016",
        only("staff", "leader", "commune"),
    ),
    "oversight:reward": ("/theo-doi/khen-thuong/{reward}/", OWN),
    "oversight:reward_register": ("/theo-doi/khen-thuong/so/docx/", POST_ONLY),
    "oversight:work_report": (
        "/theo-doi/bao-cao/?ky=2016",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:passages": (
        "/theo-doi/bao-cao/loi/?ky=2016",
        only("staff", "leader", "admin", "commune") | {"branch": 404},
    ),
    "oversight:tasks": ("/theo-doi/viec/", OWN),
    "oversight:task": ("/theo-doi/viec/{task}/", OWN),
}
"""What a GET of each address answers to each role; a new address that is not listed here fails the suite."""

OUTSIDE = (
    "{far}",
    "{far}sua/",
    "{far}giay-to/",
    "{far}sua-viec/1/",
    "{far}sua-so-lieu/",
    "{far}viec/apply/",
    "{far}van-ban/extract/",
    "/ho-so/hop/{afar}/",
    "/ho-so/hop/moi/{root}/standing/",
    "/don-vi/{other}/",
    "/chi-tieu/?don-vi={other}",
    "/chi-tieu/ho-so/?don-vi={other}",
    "/chi-tieu/dang-lam/?don-vi={other}",
    "/chi-tieu/giao/?don-vi={other}",
    "/chi-tieu/giao/luoi/?ky=2016&don-vi={other}",
    "/chi-tieu/giao/moi/?ky=2016&don-vi={root}",
    "/chi-tieu/giao/de-nghi/?ky=2016&don-vi={other}",
    "/chi-tieu/dat/?ky=2016&don-vi={other}",
    "/chi-tieu/dang-vien/?don-vi={root}",
    "/danh-muc/so-van-ban/?don-vi={other}",
    "/nguon/?don-vi={other}",
    "/nguon/giup-do/?don-vi={other}",
    "/theo-doi/buoi/{visit_afar}/",
    "/theo-doi/buoi/{visit_afar}/du/",
    "/theo-doi/buoi/{visit_afar}/phieu.docx",
    "/theo-doi/buoi/so-lieu/?so=sources&don-vi={other}",
    "/theo-doi/buoi/viec/?don-vi={other}",
    "/theo-doi/phu-trach/{follower}/",
    "/bao-cao/chon/?don-vi={other}",
    "/bao-cao/danh-sach/?don-vi={other}",
    "/bao-cao/loi/?don-vi={other}&ky=2016-q4",
    "/bao-cao/dang-so/?don-vi={other}&ky=2016-q4",
    "/bao-cao/2014/1/da-khoa/?don-vi={other}",
    "/chi-tieu/xep-hang/?don-vi={other}",
    "/quy-dinh/qd29-2016/?ho-so={far_number}",
    "/chi-tieu/im-lang/?don-vi={other}",
    "/bao-cao/2016/4/?don-vi={other}",
    "/chi-tieu/?don-vi={root}",
    "/theo-doi/?don-vi={other}",
    "/theo-doi/ra-soat/?don-vi={other}",
    "/theo-doi/ra-soat/danh-sach/?don-vi={root}",
    "/theo-doi/ra-soat/nguoi/?don-vi={other}",
    "/theo-doi/ra-soat/{far_unit}/",
    "/theo-doi/ra-soat/{far_unit}/2017-02/",
    "/theo-doi/viec/?don-vi={other}",
    "/theo-doi/viec/{far_task}/",
    "/nguon/lop/cho/?don-vi={other}",
    "/nguon/lop/{course}/nguoi/?don-vi={other}",
    "/nguon/chuoi/?don-vi={other}",
    "/nguon/chuoi/?don-vi={root}",
    "/nguon/chuoi/nguoi/?buoc=listed&don-vi={other}",
    "/theo-doi/van-ban/?don-vi={other}",
    "/theo-doi/van-ban/{far_plan}/",
    "/theo-doi/van-ban/{far_plan}/sua/",
    "/theo-doi/van-ban/{far_plan}/nguoi/",
    "/theo-doi/van-ban/{far_plan}/chi-bo/",
    "/theo-doi/van-ban/{far_plan}/viec/",
    "/theo-doi/giai-trinh/?don-vi={root}",
    "/theo-doi/giai-trinh/{far_letter}/",
    "/theo-doi/khen-thuong/?don-vi={other}",
    "/theo-doi/khen-thuong/{far_reward}/",
    "/theo-doi/bao-cao/?don-vi={other}&ky=2016",
    "/theo-doi/bao-cao/loi/?don-vi={root}&ky=2016",
)
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
    people = factories.overseers(district)
    teams.add_team_unit(people.team, district.other, since=factories.ASSIGNED, by=district.leader)
    visit, visit_afar = (
        factories.held_visit(unit, people.team, district.staff) for unit in (district.rural, district.far)
    )
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
        "course": course.pk,
        "afar": afar.pk,
        "team": people.team.pk,
        "follower": people.follower.pk,
        "visit": visit.pk,
        "visit_afar": visit_afar.pk,
        "day_off": DayOff.objects.first().pk,
        "reason": Reason.objects.first().pk,
        "task": _task(district, district.rural),
        "far_task": _task(district, district.far),
        "far_unit": district.far.pk,
        **_year_rows(district, district.home, district.rural),
        **{f"far_{name}": pk for name, pk in _year_rows(district, district.other, district.far).items()},
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


IN_THE_MENU = {
    "admissions": "/ho-so/",
    "classes": "/nguon/",
    "branches": "/don-vi/",
    "reports": "/chi-tieu/|/bao-cao/|/nguon/",
    "oversight": "/theo-doi/",
}


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
