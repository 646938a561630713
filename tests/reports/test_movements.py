"""Members through a quarter: what is typed must come out with what the register counts, or nothing is kept."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Activity
from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from reports import movements, periods
from reports.closing.close import close_quarter
from reports.models import MembershipMovement
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4, Q1 = periods.quarter_period(2016, 4), periods.quarter_period(2017, 1)
JANUARY = periods.any_days(date(2017, 1, 1), date(2017, 1, 31))
FEBRUARY = periods.any_days(date(2017, 2, 1), date(2017, 2, 27))


def cells(branch, **numbers):
    return {f"{column}-{branch.pk}": str(number) for column, number in numbers.items()}


def url(unit, period=Q4):
    return f"/bao-cao/dang-so/?don-vi={unit.pk}&ky={period.code}"


@kept
def three(district):
    """Three admitted by the rural branch in the fourth quarter."""
    for n, day in enumerate((3, 9, 20)):
        factories.admitted(
            district.rural, district.staff, on=date(2016, 11, day), full_name=f"Đỗ Văn {'ABC'[n]}"
        )
    return district


def test_an_imbalance_names_itself(three):
    with pytest.raises(Refused) as refused:
        movements.record_movements(
            three.home, Q4, cells(three.rural, start=20, arrived=1, left=1, end=25), by=three.staff
        )
    assert refused.value.message_dict == {
        f"end-{three.rural.pk}": [
            "lệch 2: đầu quý 20 + kết nạp 3 + chuyển đến 1 − chuyển đi 0 − ra khỏi 1 = 23, ghi 25"
        ]
    }
    assert not MembershipMovement.objects.exists()


def test_nothing_is_kept_by_half(client, three):
    client.force_login(three.commune)
    typed = cells(three.rural, start=20, end=23) | cells(three.school, start=9, end=8)
    response = client.post(url(three.home), typed)
    page = markup(response)
    assert response.status_code == 422
    assert not MembershipMovement.objects.exists()
    assert "lệch 1: đầu quý 9 + kết nạp 0" in page and 'value="20"' in page and 'value="8"' in page
    typed |= cells(three.school, departed=1)
    assert client.post(url(three.home), typed).status_code == 302
    assert MembershipMovement.objects.count() == 2


def test_the_start_is_the_end_of_the_quarter_before_and_is_not_typed(client, three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    movements.record_movements(
        three.home, Q1, cells(three.rural, start=99, arrived=2, end=25), by=three.staff
    )
    assert MembershipMovement.objects.get(year=2017).start == 23
    client.force_login(three.commune)
    assert f'name="start-{three.rural.pk}"' not in markup(client.get(url(three.home, Q1)))


def test_an_end_that_the_next_quarter_begins_with_does_not_move(three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    movements.record_movements(three.home, Q1, cells(three.rural, end=23), by=three.staff)
    emptied = cells(three.rural, **dict.fromkeys(("start", "arrived", "departed", "left", "end"), ""))
    for typed in (cells(three.rural, start=21, end=24), emptied):
        with pytest.raises(Refused, match="quý I/2017 đã ghi đầu quý 23"):
            movements.record_movements(three.home, Q4, typed, by=three.staff)
    movements.record_movements(three.home, Q1, emptied, by=three.staff)
    movements.record_movements(three.home, Q4, cells(three.rural, start=21, end=24), by=three.staff)
    assert MembershipMovement.objects.get().end == 24


def test_a_late_admission_shows_in_a_row_that_came_out_before(client, three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    factories.admitted(three.rural, three.staff, on=date(2016, 12, 29), full_name="Lê Thị Muộn")
    client.force_login(three.staff)
    said = "lệch 1: đầu quý 20 + kết nạp 4"
    assert said in markup(client.get(url(three.home)))
    assert "1 chi bộ lệch" in markup(client.get(url(three.root)))


def test_the_units_above_show_the_sums(client, three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    movements.record_movements(three.other, Q4, cells(three.far, start=10, arrived=1, end=11), by=three.staff)
    total, rows = movements.rolled_up(three.root, Q4)
    assert (total.start, total.admitted, total.arrived, total.end) == (30, 3, 1, 34)
    assert {row.unit.pk: (row.end, row.recorded, row.branches) for row in rows} == {
        three.home.pk: (23, 1, 2),
        three.other.pk: (11, 1, 1),
        three.firm.pk: (0, 0, 1),
    }
    client.force_login(three.staff)
    assert client.get(url(three.root)).status_code == 200
    assert client.post(url(three.root), {}).status_code == 403


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("staff", "home", 302),
        ("commune", "home", 302),
        ("branch", "rural", 302),
        ("leader", "home", 403),
        ("admin", "home", 403),
        ("commune", "other", 404),
        ("branch", "home", 404),
        ("branch", "school", 404),
    ],
)
def test_who_enters_what(client, three, who, unit, status):
    client.force_login(getattr(three, who))
    branch = three.far if unit == "other" else three.rural
    typed = cells(branch, start=20, end=23 if branch == three.rural else 20)
    assert client.post(url(getattr(three, unit)), typed).status_code == status
    assert MembershipMovement.objects.count() == (status == 302)


def test_a_row_of_another_branch_in_the_form_is_not_read(client, three):
    client.force_login(three.branch)
    assert client.post(url(three.rural), cells(three.school, start=5, end=5)).status_code == 302
    assert not MembershipMovement.objects.exists()


@pytest.mark.parametrize("text", ["-1", "x", "1,5", "1.2", "1 2", "12345678", "²", "😀", "\x00", "1e3"])
def test_what_is_no_number_is_refused_at_its_cell(client, three, text):
    client.force_login(three.commune)
    response = client.post(url(three.home), cells(three.rural, start=text, end=23))
    assert response.status_code == 422
    assert "Ghi một số nguyên" in markup(response)


def test_a_missing_end_is_asked_for(client, three):
    client.force_login(three.commune)
    response = client.post(url(three.home), cells(three.rural, start=20))
    assert response.status_code == 422 and "Ghi số đảng viên" in markup(response)


@pytest.mark.parametrize("query", ["ky=2016", "ky=2017-q2", "ky=x", "don-vi=x"])
def test_a_quarter_that_is_none_is_not_there(client, three, query):
    client.force_login(three.staff)
    assert client.get(f"/bao-cao/dang-so/?{query}").status_code == 404


def test_a_branch_left_empty_does_not_stand_in_anothers_way(three):
    """One branch has begun with the later quarter, the other may still record the earlier one."""
    movements.record_movements(three.home, Q1, cells(three.school, start=9, end=9), by=three.staff)
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    assert set(MembershipMovement.objects.values_list("branch", "end")) == {
        (three.school.pk, 9),
        (three.rural.pk, 23),
    }


def test_the_sums_of_a_district_come_out_or_name_what_does_not(client, three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    movements.record_movements(three.other, Q4, cells(three.far, start=10, arrived=1, end=11), by=three.staff)
    total, _rows = movements.rolled_up(three.root, Q4)
    assert total.imbalance == ""
    client.force_login(three.staff)
    assert "khớp" in markup(client.get(url(three.root)))
    factories.admitted(three.rural, three.staff, on=date(2016, 12, 29), full_name="Lê Thị Muộn")
    total, _rows = movements.rolled_up(three.root, Q4)
    said = "lệch 1: đầu quý 30 + kết nạp 4 + chuyển đến 1 − chuyển đi 0 − ra khỏi 0 = 35, ghi 34"
    assert total.imbalance == said
    assert said in markup(client.get(url(three.root)))


def test_two_branches_that_are_wrong_in_opposite_ways_are_still_named(client, three):
    movements.record_movements(
        three.home,
        Q4,
        cells(three.rural, start=20, end=23) | cells(three.school, start=9, end=9),
        by=three.staff,
    )
    MembershipMovement.objects.filter(branch=three.rural).update(end=24)
    MembershipMovement.objects.filter(branch=three.school).update(end=8)
    total, _rows = movements.rolled_up(three.root, Q4)
    assert (total.imbalance, total.wrong) == ("", 2)
    client.force_login(three.staff)
    page = markup(client.get(url(three.root)))
    assert page.count("2 chi bộ lệch") >= 2 and "khớp" not in page.split("<tbody>")[1].split("</tr>")[0]


def test_what_is_not_recorded_is_no_zero(client, three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    client.force_login(three.staff)
    page = markup(client.get(url(three.root)))
    row = page.split("Đồng Văn")[1].split("</tr>")[0]
    assert row.count("–</td>") == 6 and "chưa ghi" in row


def test_no_fewer_are_kept_than_the_register_saw_come_and_go(three):
    """One died, one moved to another district, one came from there on probation: the three cells agree or say so."""
    first, second = three.rural.dossiers.order_by("pk")[:2]
    workflow.perform(first, "died", by=three.staff, on=date(2016, 12, 20))
    away = {"to": "huyện Bình Xuyên", "number": "3-GT/HU"}
    workflow.perform(second, "transfer", by=three.staff, on=date(2016, 12, 21), **away)
    arrival = workflow.Arrival(
        stage=workflow.Stage.PROBATIONARY,
        on=date(2016, 12, 22),
        place="huyện Bình Xuyên",
        number="4-GT/HU",
        elsewhere_on=date(2016, 3, 1),
        elsewhere_number="9-QĐ/HU",
        ceremony_on=date(2016, 3, 15),
    )
    copied = ("branch", "introduction", "introducer", "second_introducer", "helper")
    row = Dossier(**{name: getattr(first, name) for name in copied})
    workflow.take_up_arrival(factories.candidate(), row, arrival, by=three.staff)
    with pytest.raises(Refused) as refused:
        movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    assert set(refused.value.message_dict) == {
        f"{column}-{three.rural.pk}" for column in ("arrived", "departed", "left")
    }
    assert "sổ kết nạp đã ghi 1 người chuyển đến trong quý, ở đây ghi 0" in str(refused.value.message_dict)
    typed = cells(three.rural, start=20, arrived=1, departed=1, left=1, end=22)
    movements.record_movements(three.home, Q4, typed, by=three.staff)
    (line,) = [one for one in movements.movement_lines(three.home, Q4) if one.branch == three.rural]
    assert (line.admitted, line.imbalance) == (3, ""), "none of it is an admission, and none stops being one"


def test_a_row_kept_before_the_register_knew_says_so(three):
    movements.record_movements(three.home, Q4, cells(three.rural, start=20, end=23), by=three.staff)
    workflow.perform(three.rural.dossiers.first(), "died", by=three.staff, on=date(2016, 12, 20))
    (line,) = [one for one in movements.movement_lines(three.home, Q4) if one.branch == three.rural]
    assert line.imbalance == "sổ kết nạp đã ghi 1 người mất hoặc ra khỏi Đảng trong quý, ở đây ghi 0"


def read_of(client, unit):
    return client.get(url(unit)).context["read"]


@pytest.fixture
def pages(client, three):
    """Two people with the page of one commune open: (client, the other client, what both read, the district)."""
    other = Client()
    other.force_login(three.commune)
    client.force_login(three.staff)
    return client, other, read_of(client, three.home), three


def whole(district, **rural):
    """The page as a browser sends it: every cell, those of the rural branch as given."""
    empty = dict.fromkeys(("start", "arrived", "departed", "left", "end"), "")
    return cells(district.rural, **empty | rural) | cells(district.school, **empty)


def test_two_who_write_different_branches_both_keep_theirs(pages):
    client, other, read, three = pages
    assert other.post(url(three.home), whole(three, start=20, end=23) | {"read": read}).status_code == 302
    mine = whole(three) | cells(three.school, start=9, end=9) | {"read": read}
    assert client.post(url(three.home), mine).status_code == 302
    kept = dict(MembershipMovement.objects.values_list("branch__name", "end"))
    assert kept == {three.rural.name: 23, three.school.name: 9}


def test_two_who_write_one_branch_are_told_of_each_other(pages):
    client, other, read, three = pages
    other.post(url(three.home), whole(three, start=20, end=23) | {"read": read})
    answer = client.post(url(three.home), whole(three, start=30, end=33) | {"read": read})
    page = markup(answer)
    assert answer.status_code == 422
    assert "Nguyễn Văn Thử, 27/02/2017" in page
    assert "ghi 20; xem lại hàng này" in page
    assert 'value="30"' in page
    assert MembershipMovement.objects.get().end == 23
    again = whole(three, start=30, end=33) | {"read": answer.context["read"]}
    assert client.post(url(three.home), again).status_code == 302
    assert MembershipMovement.objects.get().end == 33


def test_a_form_without_fields_takes_nothing_out(pages):
    client, _other, read, three = pages
    client.post(url(three.home), whole(three, start=20, end=23) | {"read": read})
    assert client.post(url(three.home), {}).status_code == 302
    assert client.post(url(three.home), {"read": "{}"}).status_code == 302
    assert MembershipMovement.objects.get().end == 23


def test_every_change_is_in_the_log_with_what_stood_there_before(pages):
    client, _other, read, three = pages
    client.post(url(three.home), whole(three, start=20, end=23) | {"read": read})
    client.post(url(three.home), whole(three) | {"read": read_of(client, three.home)})
    assert not MembershipMovement.objects.exists()
    told = list(Activity.objects.filter(action="setting").order_by("pk").values_list("subject", flat=True))
    head = f"Tăng giảm đảng viên quý IV/2016, {three.rural.title}: "
    assert [words.lower() for words in told] == [
        f"{head}– → 20 0 0 0 23".lower(),
        f"{head}20 0 0 0 23 → –".lower(),
    ]


def test_a_closed_quarter_is_changed_for_a_reason_only(pages):
    client, _other, read, three = pages
    close_quarter(Q4, by=three.admin)
    typed = whole(three, start=20, end=23) | {"read": read}
    answer = client.post(url(three.home), typed)
    assert (answer.status_code, MembershipMovement.objects.count()) == (422, 0)
    assert "Quý đã khóa: ghi lý do sửa" in markup(answer)
    assert client.post(url(three.home), typed | {"ly-do": "ghi sót"}).status_code == 302
    assert "(ghi sót)" in Activity.objects.get(action="setting", subject__startswith="Tăng").subject


def test_who_went_and_came_is_known_as_corrected_and_without_what_was_taken_back(district):
    staff = district.staff
    rows = [
        factories.reach(factories.dossier(district.rural, staff), "probationary", staff),
        factories.reach(
            factories.dossier(district.rural, staff, person=factories.candidate(full_name="Lê Văn Đạt")),
            "decided",
            staff,
        ),
    ]
    away = {"to": "huyện Bình Xuyên", "number": "12-CV/HU"}
    for row in rows:
        workflow.perform(row, "transfer", by=staff, on=date(2017, 2, 20), **away)
    assert movements.known_movements(district.root, Q1)[district.rural.pk] == {"departed": 2}
    workflow.take_back(rows[0], by=staff, no=rows[0].version)
    assert movements.known_movements(district.root, Q1)[district.rural.pk] == {"departed": 1}
    assert movements.known_movements(district.root, Q4) == {}
    target = workflow.find_act(rows[1], rows[1].events.get(action="transfer").no)
    values = {"on": date(2017, 1, 25)}
    workflow.ask_correction(workflow.draft_correction(rows[1], target, values), by=staff, reason="đọc nhầm")
    assert movements.known_movements(district.root, JANUARY)[district.rural.pk] == {"departed": 1}
    assert movements.known_movements(district.root, FEBRUARY) == {}
