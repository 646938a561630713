from datetime import date

import pytest

from admissions import workflow
from admissions.models import Dossier
from admissions.rules import helping
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "gương mẫu, hoàn thành việc được giao"


def story(row):
    events = list(row.events.all())
    helps = helping.helpers_over_time(Dossier.objects.get(pk=row.pk), events)
    return helps, helping.remarks_of(events)


def act(district, row, name, on, **facts):
    workflow.perform(row, name, by=district.staff, on=on, **facts)


def change(district, row, on, helper):
    act(district, row, "change_helper", on, helper=helper, reason="chuyển công tác")


def test_the_first_helper_helps_from_the_listing(district):
    helps, remarks = story(factories.dossier(district.rural, district.staff))
    assert helps == [helping.Help("Nguyễn Văn Thực", date(2015, 3, 12))]
    assert remarks == []


def test_a_change_ends_one_assignment_and_begins_another_with_its_reason(district):
    row = factories.dossier(district.rural, district.staff)
    change(district, row, date(2016, 5, 4), "Lê Văn Mới")
    first, second = story(row)[0]
    assert (first.name, first.until) == ("Nguyễn Văn Thực", date(2016, 5, 4))
    assert (second.name, second.since, second.reason) == ("Lê Văn Mới", date(2016, 5, 4), "chuyển công tác")
    assert helping.helper_on([first, second], date(2016, 5, 3)) == "Nguyễn Văn Thực"
    assert helping.helper_on([first, second], date(2016, 5, 4)) == "Lê Văn Mới"


def test_a_name_typed_anew_is_the_same_assignment(district):
    row = factories.dossier(district.rural, district.staff)
    row.helper = "Nguyễn Văn Thức"
    changed = {"helper": ["Nguyễn Văn Thực", "Nguyễn Văn Thức"]}
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed=changed)
    change(district, row, date(2016, 5, 4), "Lê Văn Mới")
    assert [one.name for one in story(row)[0]] == ["Nguyễn Văn Thức", "Lê Văn Mới"]


def test_a_change_that_was_taken_back_never_was(district):
    row = factories.dossier(district.rural, district.staff)
    change(district, row, date(2016, 5, 4), "Lê Văn Mới")
    workflow.take_back(row, by=district.staff, no=row.event_count)
    assert [one.name for one in story(row)[0]] == ["Nguyễn Văn Thực"]


def test_a_move_to_another_branch_brings_another_helper(district):
    row = factories.dossier(district.rural, district.staff)
    act(district, row, "move", date(2016, 5, 4), branch=district.school, helper="Phạm Thị Mới")
    assert [one.name for one in story(row)[0]] == ["Nguyễn Văn Thực", "Phạm Thị Mới"]


def test_a_former_helper_without_a_remark_is_named_until_there_is_one(district):
    row = factories.dossier(district.rural, district.staff)
    change(district, row, date(2016, 5, 4), "Lê Văn Mới")
    assert [one.name for one in helping.former_without_remark(*story(row))] == ["Nguyễn Văn Thực"]
    act(district, row, "remark_helper", date(2016, 5, 3), helper="Nguyễn Văn Thực", text=TEXT)
    assert helping.former_without_remark(*story(row)) == []


def test_a_corrected_remark_reads_as_corrected(district):
    row = factories.dossier(district.rural, district.staff)
    act(district, row, "remark_helper", date(2016, 5, 3), helper="Nguyễn Văn Thực", text=TEXT)
    target = workflow.find_act(row, row.event_count)
    draft = workflow.draft_correction(row, target, {"on": date(2016, 4, 28)})
    workflow.ask_correction(draft, by=district.staff, reason="ghi nhầm ngày")
    assert [(one.on, one.text) for one in story(row)[1]] == [(date(2016, 4, 28), TEXT)]
