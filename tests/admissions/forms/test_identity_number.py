"""The identity number of someone known: no page and no form shows it; it is kept, typed anew or taken out."""

import pytest

from admissions import workflow
from admissions.history import describe_event
from admissions.models import Candidate, Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db
NUMBER = "026192000123"


@pytest.fixture
def row(district):
    person = factories.candidate(citizen_id=NUMBER)
    return reach(
        factories.dossier(district.rural, district.staff, person=person), State.DECIDED, district.staff
    )


def edit(client, row, **typed):
    form = client.get(f"{row.get_absolute_url()}sua/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    boxes = {name for name, value in values.items() if value is True}
    sent = {name: str(value) for name, value in values.items() if value not in (None, "", True, False)}
    return client.post(f"{row.get_absolute_url()}sua/", sent | dict.fromkeys(boxes, "on") | typed)


PAGES = (
    "",
    "sua/",
    "giay-to/",
    "sua-so-lieu/",
    "viec/ceremony/",
    "viec/move/",
    "viec/annul/",
    "van-ban/9-KND/",
)


@pytest.mark.parametrize("who", ["staff", "leader", "commune", "branch", "admin"])
def test_no_page_of_the_dossier_shows_it(client, district, row, who):
    client.force_login(getattr(district, who))
    shown = [client.get(f"{row.get_absolute_url()}{page}") for page in PAGES]
    lists = ["/ho-so/", "/ho-so/hom-nay/", "/ho-so/trung/", "/ho-so/?q=do+thi"]
    shown += [client.get(address) for address in lists]
    assert any(page.status_code == 200 for page in shown)
    assert not any(NUMBER in page.content.decode() for page in shown)


def test_a_form_that_came_too_late_and_one_that_is_wrong_do_not_show_it_either(client, district, row):
    client.force_login(district.staff)
    assert NUMBER not in markup(edit(client, row, version="1", residence="Thôn Một"))
    wrong = edit(client, row, helper="")
    assert (wrong.status_code, NUMBER in markup(wrong)) == (422, False)
    assert "Đang ghi 026 *** 123" in markup(wrong)


def test_a_new_dossier_of_the_same_person_does_not_show_it_and_keeps_it(client, district, row):
    facts = {"kind": "procedure", "number": "40-QĐ/HU", "reason": "sai thủ tục"}
    workflow.perform(row, "annul", by=district.leader, on=row.decided_on, **facts)
    client.force_login(district.staff)
    page = client.get(f"/ho-so/moi/?tu={row.number}")
    assert (page.status_code, NUMBER in markup(page)) == (200, False)
    ended = client.get(f"{row.get_absolute_url()}sua/")
    assert "Bỏ số đang ghi" not in markup(ended)
    assert edit(client, row, kept_at="Tủ 3").status_code == 302
    assert Candidate.objects.get().citizen_id == NUMBER


def test_left_empty_it_stays_and_no_change_of_it_is_told(client, district, row):
    client.force_login(district.staff)
    assert edit(client, row, residence="Thôn Một").status_code == 302
    assert Candidate.objects.get().citizen_id == NUMBER
    assert list(row.events.last().facts["fields"]) == ["residence"]


@pytest.mark.parametrize(
    ("typed", "kept"), [({"citizen_id": "026 192 000 124"}, "026192000124"), ({"no_number": "on"}, "")]
)
def test_it_is_typed_anew_or_taken_out_and_the_story_keeps_no_digit(client, district, row, typed, kept):
    client.force_login(district.staff)
    assert edit(client, row, **typed).status_code == 302
    assert Candidate.objects.get().citizen_id == kept
    event = Dossier.objects.get().events.last()
    assert event.facts["fields"] == {"citizen_id": ["***", "***"]}
    assert "sửa Số CMND hoặc định danh" in describe_event(event)


def test_taken_out_and_typed_at_once_is_refused(client, district, row):
    client.force_login(district.staff)
    page = edit(client, row, citizen_id="026192000124", no_number="on")
    assert page.context["form"].errors.keys() == {"citizen_id"}
