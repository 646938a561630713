"""The forms of the acts: reasons to choose from, numbers proposed."""

from datetime import date

import pytest

from admissions import workflow
from admissions.models import Reason
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)


def post(client, row, action, **typed):
    data = {"version": row.version, "on": "20/02/2017"} | typed
    return client.post(f"{row.get_absolute_url()}viec/{action}/", data, follow=True)


def test_a_chosen_reason_and_what_was_added_become_one_text(client, district, row):
    client.force_login(district.staff)
    chosen = Reason.objects.filter(use="give_back").first()
    post(client, row, "give_back", why=chosen.pk, reason="trang 3 và 4")
    row.refresh_from_db()
    assert row.state == State.RETURNED
    assert row.events.last().facts["reason"] == f"{chosen.text}: trang 3 và 4"


def test_a_chosen_reason_is_enough_and_none_at_all_is_not(client, district, row):
    client.force_login(district.staff)
    answer = post(client, row, "hold")
    assert answer.status_code == 422
    assert "Cần ghi lý do" in markup(answer)
    post(client, row, "hold", why=Reason.objects.filter(use="hold").first().pk)
    row.refresh_from_db()
    assert row.state == State.HELD


def test_a_reason_that_is_switched_off_is_not_offered_but_stays_in_the_story(client, district, row):
    client.force_login(district.staff)
    reason = Reason.objects.filter(use="hold").first()
    post(client, row, "hold", why=reason.pk)
    Reason.objects.filter(pk=reason.pk).update(active=False)
    page = markup(client.get(row.get_absolute_url()))
    assert reason.text in page
    row.refresh_from_db()
    workflow.perform(row, "resume", by=district.staff, on=date(2017, 2, 21), opinion="đã xong")
    form = client.get(f"{row.get_absolute_url()}viec/hold/").context["form"]
    assert reason not in form.fields["why"].queryset


def test_an_opinion_of_the_standing_committee_is_asked_for_and_kept(client, district, row):
    client.force_login(district.staff)
    post(client, row, "ask", reason="có người thân ở nước ngoài")
    row.refresh_from_db()
    assert row.state == State.ASKED
    post(client, row, "resume", on="22/02/2017", opinion="đồng ý xem xét")
    page = markup(client.get(row.get_absolute_url()))
    assert "ý kiến: “đồng ý xem xét”" in page
    assert "xin ý kiến Ban Thường vụ: “có người thân ở nước ngoài”" in page


def test_the_next_number_stands_in_the_form(client, district, row):
    client.force_login(district.staff)
    workflow.perform(row, "put_forward", by=district.staff, on=date(2017, 1, 9))
    workflow.perform(row, "decide", by=district.staff, on=date(2017, 1, 10), number="31-QĐ/HU")
    other = reach(factories.dossier(district.school, district.staff), State.AWAITING, district.staff)
    form = client.get(f"{other.get_absolute_url()}viec/decide/").context["form"]
    assert form["number"].value() == "32-QĐ/HU"


def test_a_move_is_for_the_board_and_only_inside_the_district(client, district, row):
    client.force_login(district.commune)
    assert client.get(f"{row.get_absolute_url()}viec/move/").status_code == 403
    client.force_login(district.staff)
    post(client, row, "move", branch=district.far.pk, helper="Phạm Thị Mới", number="03-CN/ĐU")
    row.refresh_from_db()
    assert (row.branch, row.commune) == (district.far, district.other)
