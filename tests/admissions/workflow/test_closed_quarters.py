"""Nothing enters or leaves a closed quarter, and nothing printed in one is corrected, without a reason."""

from datetime import date

import pytest

from admissions import meetings, workflow
from admissions.choices import Body
from admissions.exceptions import Refused
from admissions.models import Dossier
from admissions.states import State
from reports.closing import adjustments
from reports.closing.close import close_quarter
from reports.closing.reading import valid_closing
from reports.periods import quarter_period
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
NUMBER = {"number": "77-QĐ/HU"}


@kept
def closing(district):
    district.row = factories.admitted(district.school, district.staff, on=date(2016, 11, 9))
    return close_quarter(quarter_period(2016, 4), by=district.admin)


@kept
def awaiting(district, closing):
    days = {"branch_agrees": date(2016, 11, 1), "base_agrees": date(2016, 11, 8)}
    days |= {"receive": date(2016, 11, 10), "put_forward": date(2016, 11, 15)}
    row = factories.dossier(district.rural, district.staff, person=factories.candidate(full_name="Hà Thị Mơ"))
    return factories.reach(row, State.AWAITING, district.staff, **days)


def test_a_decision_dated_in_a_closed_quarter_needs_a_reason(district, awaiting):
    with pytest.raises(Refused, match="đã khóa"):
        workflow.perform(awaiting, "decide", by=district.staff, on=date(2016, 12, 20), **NUMBER)
    awaiting = Dossier.objects.get(pk=awaiting.pk)
    assert awaiting.state == State.AWAITING
    workflow.perform(
        awaiting, "decide", by=district.staff, on=date(2016, 12, 20), exception="nộp muộn", **NUMBER
    )
    assert awaiting.events.last().facts["exception"] == "nộp muộn"


def test_one_dated_in_an_open_quarter_needs_none_and_keeps_none(district, awaiting):
    workflow.perform(
        awaiting, "decide", by=district.staff, on=date(2017, 1, 20), exception="nộp muộn", **NUMBER
    )
    assert "exception" not in awaiting.events.last().facts


def test_the_page_asks_for_the_reason_and_keeps_what_was_typed(client, district, awaiting):
    client.force_login(district.staff)
    url = f"{awaiting.get_absolute_url()}viec/decide/"
    typed = {"version": awaiting.version, "on": "20/12/2016", **NUMBER}
    answer = client.post(url, typed)
    page = markup(answer)
    assert answer.status_code == 422
    assert "Lý do ghi vào quý đã khóa" in page
    assert "20/12/2016" in page
    assert not Dossier.objects.get(pk=awaiting.pk).decided_on
    assert client.post(url, typed | {"exception": "  "}).status_code == 422
    assert client.post(url, typed | {"exception": "Đảng ủy xã nộp muộn", "xac-nhan": "1"}).status_code == 302
    (found,) = adjustments.adjustments_of(valid_closing(2016, 4))
    assert found.why == "Đảng ủy xã nộp muộn"
    assert "Đảng ủy xã nộp muộn" in markup(client.get(awaiting.get_absolute_url()))


def test_a_meeting_held_in_a_closed_quarter_needs_it_on_its_line(district, awaiting):
    facts = {"held_on": date(2016, 12, 20), "number": "77-QĐ/HU", "members": 11, "present": 11}
    facts |= {"by": district.staff}
    result = meetings.DossierResult(awaiting, 11)
    with pytest.raises(meetings.MeetingRefused) as refused:
        meetings.record_meeting(district.root, Body.STANDING, [result], **facts)
    assert "exception" in refused.value.rows[awaiting.pk]
    awaiting = Dossier.objects.get(pk=awaiting.pk)
    meetings.record_meeting(
        district.root, Body.STANDING, [meetings.DossierResult(awaiting, 11, reason="nộp muộn")], **facts
    )
    assert Dossier.objects.get(pk=awaiting.pk).decided_on == date(2016, 12, 20)


def test_a_correction_of_what_the_closed_list_prints_needs_a_reason(client, district, closing):
    client.force_login(district.staff)
    url = f"{district.row.get_absolute_url()}sua/"
    page = client.get(url)
    assert "Lý do sửa, vì báo cáo quý IV/2016 đã khóa" in markup(page)
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    typed = {name: f"{day:%d/%m/%Y}" if isinstance(day, date) else day for name, day in typed.items()}
    refused = client.post(url, typed | {"full_name": "Đỗ Thị Thanh"})
    assert refused.status_code == 422
    assert "ghi lý do" in markup(refused)
    person = district.row.candidate
    person.refresh_from_db()
    assert person.full_name == "Đỗ Thị Thanh Bình"
    saved = client.post(url, typed | {"full_name": "Đỗ Thị Thanh", "exception": "theo giấy khai sinh"})
    assert saved.status_code == 302
    (found,) = adjustments.adjustments_of(closing)
    assert (found.kind, found.why) == ("changed", "theo giấy khai sinh")


def test_a_correction_of_anything_else_needs_none(district, closing):
    row = district.row
    row.helper = "Lê Văn An"
    workflow.edit_dossier(row.candidate, row, by=district.staff, changed={"helper": ["", "Lê Văn An"]})
    assert adjustments.adjustments_of(closing) == []


def test_what_happens_after_the_decision_is_recorded_as_ever(district, closing):
    row = district.row
    workflow.perform(row, "hand_over", by=district.staff, on=date(2016, 11, 20))
    workflow.perform(row, "ceremony", by=district.staff, on=date(2017, 1, 12))
    assert row.ceremony_on == date(2017, 1, 12)
    assert adjustments.adjustments_of(closing) == [], "a day that had not come is filled in, not corrected"
