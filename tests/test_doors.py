"""Every address × every role: who gets in, who is sent away, and that looking changes nothing."""

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from admissions import workflow
from admissions.models import DayOff, Dossier, Meeting, Reason
from admissions.states import State
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
    "catalogues:deciding_bodies": ("/danh-muc/tham-quyen/", OWN),
    "catalogues:end_deciding_body": ("/danh-muc/tham-quyen/1/het/", POST_ONLY),
    "catalogues:registers": ("/danh-muc/so-van-ban/", OWN),
    "catalogues:templates": ("/danh-muc/mau-van-ban/", OWN),
    "catalogues:template": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/", only("admin")),
    "catalogues:template_file": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/tai/", OWN),
    "catalogues:restore_template": ("/danh-muc/mau-van-ban/9-KND/hd36-2018/ve-goc/", POST_ONLY),
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
    "reports:chain": ("/nguon/chuoi/?ky=2016", OWN),
    "reports:chain_people": ("/nguon/chuoi/nguoi/?ky=2016&buoc=decided", OWN),
    "reports:chain_report": ("/nguon/chuoi/bao-cao/", POST_ONLY),
    "reports:movements": ("/bao-cao/dang-so/?ky=2016-q4", OWN),
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
    "/nguon/chuoi/?don-vi={other}",
    "/nguon/chuoi/?don-vi={root}",
    "/nguon/chuoi/nguoi/?buoc=listed&don-vi={other}",
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
        "afar": afar.pk,
        "day_off": DayOff.objects.first().pk,
        "reason": Reason.objects.first().pk,
    }


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


IN_THE_MENU = {"admissions": "/ho-so/", "branches": "/don-vi/", "reports": "/chi-tieu/|/bao-cao/|/nguon/"}


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
        "/chi-tieu/xep-hang/?tu=01/03/2016&den=01/02/2016",
    ],
)
def test_an_address_that_names_nothing_is_not_an_error(client, district, url):
    client.force_login(district.staff)
    assert client.get(url).status_code == 404


def test_an_act_that_the_table_does_not_name_has_no_page(client, district, doors):
    client.force_login(district.staff)
    assert client.get(f"{doors['near']}viec/khong-co/").status_code == 404
