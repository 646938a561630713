"""A plan of a day to come waits, is rehearsed again that morning, and is carried out or held with the reason."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts.models import Post
from branches.models import Organisation, Reorganisation
from branches.reorganisation.schedule import carry_out_due, schedule, withdraw
from branches.tasks import carry_out_due as carry_out_due_task
from tests import factories
from tests.kept import kept
from tests.reorganisations import answer_all, merge, plan

pytestmark = pytest.mark.django_db
MORNING = date(2017, 4, 1)
State = Reorganisation.State


@kept
def waiting(district):
    factories.admitted(district.rural, district.staff, on=date(2016, 4, 10))
    change = merge(district.home, district.other, name="Trung Văn")
    district.plan = plan(district.root, district.admin, change, day=MORNING)
    district.admin.email = "quan-tri@example.vn"
    district.admin.save()
    return district


def reach_morning(settings):
    settings.TODAY = MORNING


def test_a_plan_waits_with_what_was_agreed_to(waiting):
    done = schedule(waiting.plan, by=waiting.admin)
    assert waiting.plan.state == State.SCHEDULED
    assert [row["key"] for row in waiting.plan.totals["totals"]] == [row.key for row in done.totals]
    assert carry_out_due() == []
    assert waiting.home in Organisation.objects.on(MORNING)


def test_on_its_morning_it_is_carried_out(waiting, settings):
    schedule(waiting.plan, by=waiting.admin)
    factories.dossier(waiting.rural, waiting.staff, person=factories.candidate(full_name="Lê Thị Sau"))
    reach_morning(settings)
    assert carry_out_due_task() == 1
    waiting.plan.refresh_from_db()
    assert (waiting.plan.state, waiting.plan.done_by) == (State.DONE, waiting.admin)
    assert Organisation.objects.on(MORNING).filter(name="Trung Văn").exists()
    assert carry_out_due() == []
    assert mail.outbox == []


def test_what_differs_on_the_morning_holds_it_and_its_owner_is_told_why(waiting, settings, capsys):
    schedule(waiting.plan, by=waiting.admin)
    late = factories.admitted(waiting.far, waiting.staff, on=date(2016, 5, 10), full_name="Hà Thị Muộn")
    assert late.pk
    reach_morning(settings)
    call_command("carry_out_reorganisations")
    waiting.plan.refresh_from_db()
    assert waiting.plan.state == State.HELD
    assert "lần đồng ý 1, nay 2" in waiting.plan.held_because
    assert waiting.home in Organisation.objects.on(MORNING), "nothing was changed"
    (letter,) = mail.outbox
    assert letter.to == ["quan-tri@example.vn"]
    assert "lần đồng ý 1, nay 2" in letter.body
    assert "dừng lại chờ xem" in capsys.readouterr().out


def test_a_namesake_that_came_meanwhile_holds_it(waiting, settings):
    schedule(waiting.plan, by=waiting.admin)
    factories.unit(waiting.other, "branch", "public_unit", "Trường THCS")
    reach_morning(settings)
    carry_out_due()
    waiting.plan.refresh_from_db()
    assert "Còn phải chọn" in waiting.plan.held_because
    answer_all(waiting.plan, waiting.admin)
    assert waiting.plan.state == State.HELD, "somebody looks and carries it out"


def test_an_owner_who_may_no_more_holds_it(waiting, settings):
    schedule(waiting.plan, by=waiting.admin)
    Post.objects.filter(user=waiting.admin).update(until=date(2017, 3, 1))
    reach_morning(settings)
    carry_out_due()
    waiting.plan.refresh_from_db()
    assert "không còn quyền" in waiting.plan.held_because


def test_what_cannot_be_carried_out_is_not_scheduled(waiting):
    change = {"kind": "dissolve", "units": [waiting.other]}
    row = plan(waiting.root, waiting.admin, change, day=MORNING)
    with pytest.raises(ValidationError, match="Còn phải chọn"):
        schedule(row, by=waiting.admin)
    past = plan(waiting.root, waiting.admin, merge(waiting.home, waiting.other, name="X"))
    with pytest.raises(ValidationError, match="đã tới"):
        schedule(past, by=waiting.admin)


def test_a_form_that_comes_too_late_changes_nothing(waiting):
    schedule(waiting.plan, by=waiting.admin, seen=1)
    with pytest.raises(ValidationError, match="vừa có người sửa"):
        schedule(waiting.plan, by=waiting.admin, seen=1)


def test_a_plan_that_was_withdrawn_is_not_carried_out(waiting, settings):
    schedule(waiting.plan, by=waiting.admin)
    withdraw(waiting.plan, by=waiting.admin)
    reach_morning(settings)
    assert carry_out_due() == []
    with pytest.raises(ValidationError, match="đã rút"):
        withdraw(waiting.plan, by=waiting.admin)
