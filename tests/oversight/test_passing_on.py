"""What a unit that ended left to several heirs: they and the level above see it, answer it, and pass it on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.roles import Role
from admissions.exceptions import Refused
from admissions.worklist.errands import list_errands
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Tier
from notation.dates import today
from oversight.letters import answer_explanation, may_explain
from oversight.models import ExplanationRequest, Task
from oversight.passing_on import pass_on_letter, pass_on_task
from oversight.tasks import assign_task, report_task
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2017, 2, 1)


@pytest.fixture
def heirs(district):
    """Two branches that took over from the rural one, each with a secretary (`user`); a stranger beside them."""
    made = []
    for name in ("Một", "Hai"):
        heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, name, valid_from=ON)
        heir.user = factories.user(f"chi-bo-{len(made)}", Role.BRANCH_COMMITTEE, heir)
        made.append(heir)
    return made


@pytest.fixture
def task(district, heirs):
    facts = {"what": "Cử 1 người học lớp", "who": "Bùi Văn Lượng", "before": date(2017, 3, 20)}
    row = assign_task(district.rural, **facts, on=date(2017, 1, 21), by=district.branch)
    hand = HandOver(old=district.rural, heirs=tuple(heirs), on=ON, basis="QĐ 1, 20/01/2017")
    handed = hand_over_unit(hand, by=district.admin)
    assert [(one.moved, one.left) for one in handed if one.what == "tasks"] == [(0, 1)]
    return Task.objects.select_related("unit").get(pk=row.pk)


@pytest.fixture
def asked(district, task):
    facts = {"first": date(2016, 1, 1), "last": date(2016, 12, 31), "quota": 3, "reached": 1}
    facts |= {"number": "7-CV/ĐU", "on": date(2017, 1, 10), "due": date(2017, 3, 1), "by": district.commune}
    return ExplanationRequest.objects.create(unit=district.rural, **facts)


def due(user):
    return [(row.what, row.url) for row in list_errands(user) if "/viec/" in row.url]


def test_each_heir_has_the_task_on_the_day_and_the_level_above_is_told_how_many(district, heirs, task):
    page = reverse("oversight:task", args=[task.pk])
    assert [due(heir.user) for heir in heirs] == [[("Cử 1 người học lớp", page)]] * 2
    words = "1 việc của đơn vị đã kết thúc, chưa chuyển cho đơn vị kế tục"
    for user, unit in ((district.commune, district.home), (district.staff, district.root)):
        assert (words, f"/theo-doi/viec/?don-vi={unit.pk}&trang-thai=don-vi-cu") in due(user)


def test_an_heir_reads_the_task_and_says_what_became_of_it(client, heirs, task):
    client.force_login(heirs[0].user)
    listed = client.get(reverse("oversight:tasks")).content.decode()
    assert task.what in listed and "Của đơn vị đã kết thúc (1)" in listed
    page = client.get(reverse("oversight:task", args=[task.pk]))
    assert page.status_code == 200 and heirs[1].title in page.content.decode()
    report_task(task, state="done", on=today(), by=heirs[0].user)
    assert due(heirs[1].user) == []


@pytest.mark.parametrize("who", ["heir", "commune", "staff"])
def test_it_is_passed_on_and_then_of_one_heir_alone(client, district, heirs, task, who):
    user = heirs[0].user if who == "heir" else getattr(district, who)
    client.force_login(user)
    answer = client.post(
        reverse("oversight:pass_on_task", args=[task.pk]), {"heir": heirs[1].pk}, follow=True
    )
    assert "Đã chuyển việc cho Chi bộ" in answer.content.decode()
    task.refresh_from_db()
    assert task.unit == heirs[1]
    (said,) = task.reports.all()
    assert (said.state, said.words) == ("open", f"{district.rural.title} đã kết thúc; giao {heirs[1].title}.")
    assert due(district.commune) == due(heirs[0].user) == []
    assert not Task.objects.for_user(heirs[0].user).exists()


def test_nobody_else_sees_it_and_it_goes_to_an_heir_only(district, heirs, task):
    stranger = factories.user("la", Role.COMMUNE_COMMITTEE, district.other)
    assert not Task.objects.for_user(stranger).exists() and due(stranger) == []
    with pytest.raises(PermissionDenied):
        pass_on_task(task, heirs[0], by=stranger)
    with pytest.raises(Refused, match="không kế tục"):
        pass_on_task(task, district.school, by=district.commune)


def test_an_heir_of_an_heir_has_it_too(district, heirs, task):
    on = date(2017, 2, 10)
    last = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Ba", valid_from=on)
    user = factories.user("chi-bo-ba", Role.BRANCH_COMMITTEE, last)
    hand_over_unit(HandOver(old=heirs[0], heirs=(last,), on=on, basis="QĐ 2"), by=district.admin)
    assert [what for what, _url in due(user)] == ["Cử 1 người học lớp"]
    pass_on_task(task, last, by=user)
    assert task.unit == last


def test_a_letter_left_unanswered_is_passed_on_and_answered_by_the_heir(client, district, heirs, asked):
    client.force_login(heirs[0].user)
    asked.refresh_from_db()
    assert may_explain(heirs[0].user, asked)
    errands = [row.what for row in list_errands(heirs[0].user) if "/giai-trinh/" in row.url]
    assert errands == ["Chuyển công văn 7-CV/ĐU cho đơn vị kế tục trả lời"]
    words = {"carried_out": "a", "causes": "b", "still": 1, "measures": "c"}
    with pytest.raises(Refused, match="kế tục là"):
        answer_explanation(asked, **words, on=today(), by=heirs[0].user)
    page = client.get(reverse("oversight:letter", args=[asked.pk])).content.decode()
    assert "Chuyển công văn" in page and "Ghi giải trình" not in page
    client.post(reverse("oversight:pass_on_letter", args=[asked.pk]), {"heir": heirs[0].pk})
    asked.refresh_from_db()
    assert asked.unit == heirs[0]
    page = client.get(reverse("oversight:letter", args=[asked.pk])).content.decode()
    assert "Ghi giải trình" in page


def test_a_letter_goes_to_an_heir_who_was_not_asked_by_it(district, heirs, asked):
    facts = {
        name: getattr(asked, name) for name in ("first", "last", "number", "on", "due", "quota", "reached")
    }
    ExplanationRequest.objects.create(unit=heirs[0], **facts, by=district.commune)
    with pytest.raises(Refused, match="đã được hỏi"):
        pass_on_letter(asked, heirs[0], by=district.commune)
    pass_on_letter(asked, heirs[1], by=district.staff)
    assert asked.unit == heirs[1]
