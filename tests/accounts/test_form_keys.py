"""A form acts once: pressed again, gone back to, sent from two processes at the same moment."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from accounts.form_keys import make_form_key
from accounts.models import FormKey
from admissions.models import Dossier, Reason
from branches.models import Organisation
from reports.models import SavedView
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[2] / "templates"

REASON = {"use": "hold", "text": "Chờ xác minh nơi cư trú"}
WITHOUT = {
    "accounts/account.html": "settings of one person; the last press holds",
    "accounts/login.html": "no session yet",
    "accounts/resume.html": "carries the key of the form it sends again",
    "base.html": "language, colours, signing out",
    "admissions/dossier.html": "shows a number, makes nothing",
    "reports/verify.html": "compares, keeps nothing",
    "reports/list.html": "one file for the same request, by a constraint",
    "reports/dashboard.html": "one file for the same request, by a constraint",
    "reports/choose.html": "one file for the same request, by a constraint",
    "reports/_quarter_files.html": "one file for the same request, by a constraint",
    "reports/_chain_aside.html": "one file for the same request, by a constraint",
    "oversight/work_report.html": "one file for the same request, by a constraint",
    "admissions/_class_queue.html": "writes a file, makes nothing",
    "oversight/_plan_aside.html": "writes a file, makes nothing",
    "oversight/_reward_register.html": "writes a file, makes nothing",
    "oversight/letter.html": "writes a file, makes nothing",
    "oversight/plans.html": "writes a file, makes nothing",
    "oversight/plan.html": "writes a file, makes nothing",
    "reports/job.html": "one file for the same request, by a constraint",
}
"""Templates with a form that carries no key, and why it needs none."""


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


def test_every_form_that_writes_carries_a_key_or_says_why_not():
    without = set()
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
            if 'method="post"' in form and "{% form_key %}" not in form:
                without.add(path.relative_to(TEMPLATES).as_posix())
    assert without == set(WITHOUT)


def test_every_form_on_a_page_has_a_key_of_its_own(admin):
    keys = re.findall(r'name="form_key" value="(\w+)"', markup(admin.get("/danh-muc/ly-do/")))
    assert len(keys) == len(set(keys)) > 1


def test_the_same_sent_three_times_makes_one_row_and_leads_to_it_each_time(staff, form):
    sent = form | {"form_key": make_form_key(), "citizen_id": ""}
    answers = [staff.post("/ho-so/moi/", sent) for _press in range(3)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/ho-so/2017/1/")] * 3
    assert Dossier.objects.count() == 1
    assert "đã gửi một lần" in markup(staff.get("/ho-so/2017/1/"))


def test_a_form_that_was_refused_may_be_sent_again_with_its_key(staff, form):
    sent = form | {"form_key": make_form_key()}
    assert staff.post("/ho-so/moi/", sent | {"born_on": "31/02/1998"}).status_code == 422
    assert staff.post("/ho-so/moi/", sent).status_code == 302
    assert Dossier.objects.count() == 1


def test_going_back_and_sending_something_else_asks_and_keeps_what_was_typed(staff, form):
    sent = form | {"form_key": make_form_key()}
    staff.post("/ho-so/moi/", sent)
    other = sent | {"full_name": "Trần Thị Hoa", "born_on": "01/02/1990", "citizen_id": ""}
    answer = staff.post("/ho-so/moi/", urlencode(other), content_type="application/x-www-form-urlencoded")
    page = markup(answer)
    assert (answer.status_code, Dossier.objects.count()) == (409, 1)
    assert 'href="/ho-so/2017/1/"' in page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert fields["form_key"] != sent["form_key"]
    assert {name: fields[name] for name in form} == {name: str(other[name]) for name in form}
    assert staff.post("/ho-so/moi/", other | {"form_key": fields["form_key"]}).status_code == 302
    assert Dossier.objects.count() == 2


def test_a_key_is_of_one_person(client, district, form):
    key = make_form_key()
    client.force_login(district.staff)
    client.post("/ho-so/moi/", form | {"form_key": key})
    client.force_login(district.commune)
    other = form | {"form_key": key, "full_name": "Trần Thị Hoa", "born_on": "01/02/1990", "citizen_id": ""}
    assert client.post("/ho-so/moi/", other).status_code == 302
    assert Dossier.objects.count() == 2


def test_what_is_no_key_is_as_none(staff, form):
    for number, key in enumerate(("", "x", "9" * 33, "é" * 32)):
        name = f"Trần Thị {'ABCD'[number]}"
        sent = form | {"form_key": key, "full_name": name, "citizen_id": ""}
        assert staff.post("/ho-so/moi/", sent).status_code == 302
    assert (Dossier.objects.count(), FormKey.objects.count()) == (4, 0)


def test_a_view_that_fails_keeps_neither_the_key_nor_half_of_its_work(client, district, form, monkeypatch):
    client.force_login(district.staff)
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise RuntimeError

    sent = form | {"form_key": make_form_key()}
    with monkeypatch.context() as patched:
        patched.setattr("admissions.views.entry.messages.success", fail)
        assert client.post("/ho-so/moi/", sent).status_code == 500
    assert (Dossier.objects.count(), FormKey.objects.count()) == (0, 0)
    assert client.post("/ho-so/moi/", sent).status_code == 302


def test_the_key_gives_nothing_of_the_content_away(staff, form):
    staff.post("/ho-so/moi/", form | {"form_key": make_form_key()})
    row = FormKey.objects.get()
    assert "135746902" not in f"{row.digest}{row.url}"
    assert len(row.digest) == 64


def test_a_unit_sent_twice_is_one_unit_and_never_a_page_500(admin, district):
    unit = {"tier": "branch", "kind": "village", "name": "Mới", "code": "X1", "valid_from": "01/01/2017"}
    address = f"/don-vi/them/?cha={district.home.pk}"
    sent = unit | {"form_key": make_form_key()}
    places = [admin.post(address, sent)["Location"] for _press in range(2)]
    assert places[0] == places[1]
    assert Organisation.objects.filter(code="X1").count() == 1


def test_other_forms_that_make_a_row_make_one(admin):
    sent = REASON | {"form_key": make_form_key()}
    assert [admin.post("/danh-muc/ly-do/", sent).status_code for _press in range(2)] == [302, 302]
    assert Reason.objects.filter(text=REASON["text"]).count() == 1
    view = {"page": SavedView.Page.RANKING, "query": "ky=2016", "name": "Nguồn", "form_key": make_form_key()}
    answers = [admin.post("/chi-tieu/luu/", view).status_code for _press in range(2)]
    assert (answers, SavedView.objects.count()) == ([302, 302], 1)


def test_an_act_pressed_twice_leads_to_its_dossier_and_is_no_error(staff, district):
    row = factories.dossier(district.rural, district.staff)
    sent = {"on": "15/08/2016", "version": row.version, "form_key": make_form_key()}
    answers = [staff.post(f"{row.get_absolute_url()}viec/apply/", sent) for _press in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    row.refresh_from_db()
    assert row.events.count() == 2


def test_a_refusal_of_a_constraint_is_a_sentence_and_keeps_what_was_typed(admin, monkeypatch):
    monkeypatch.setattr("admissions.catalogues.reasons.fold", lambda text: object())
    admin.post("/danh-muc/ly-do/", REASON)
    for sent in (REASON, REASON | {"form_key": make_form_key()}):
        body = urlencode(sent)
        answer = admin.post("/danh-muc/ly-do/", body, content_type="application/x-www-form-urlencoded")
        page = markup(answer)
        assert answer.status_code == 409
        assert "vướng một điều đã có trong sổ" in page
        assert f'name="text" value="{REASON["text"]}"' in page
    assert Reason.objects.filter(text=REASON["text"]).count() == 1
