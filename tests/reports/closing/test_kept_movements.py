"""The movements of members of a closed quarter stay as they were closed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from reports import movements, periods
from reports.closing import close, kept_movements
from reports.models import ClosedMovement, MembershipMovement
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q4, Q1 = periods.quarter_period(2016, 4), periods.quarter_period(2017, 1)


def cells(branch, **numbers):
    return {f"{column}-{branch.pk}": str(number) for column, number in numbers.items()}


def url(unit, more=""):
    return f"/bao-cao/dang-so/?don-vi={unit.pk}&ky={Q4.code}{more}"


@kept
def recorded(place):
    """Two branches recorded in Q4/2016, which is closed with them; the third of the commune was not."""
    typed = cells(place.rural, start=20, arrived=1, end=23)
    movements.record_movements(place.home, Q4, typed, by=place.staff)
    movements.record_movements(place.other, Q4, cells(place.far, start=9, end=10), by=place.staff)
    place.closing = close.close_quarter(quarter_period(2016, 4), by=place.admin)
    return place


def test_a_later_annulment_leaves_the_closed_rows_as_they_came_out(recorded, client):
    annul(recorded.rows[0], recorded.leader)
    client.force_login(recorded.commune)
    page = markup(client.get(url(recorded.home)))
    assert "lệch" not in page and "khớp" in page
    assert "Kết nạp hiện nay 1" in page and "#dieu-chinh" in page
    (rural, school) = movements.closed_lines(recorded.home, recorded.closing)
    assert (rural.admitted, rural.imbalance, rural.saved.end) == (2, "", 23)
    assert (school.admitted, school.saved) == (1, None)


def test_the_rows_of_today_are_one_click_away_and_say_that_they_are(recorded, client):
    annul(recorded.rows[0], recorded.leader)
    client.force_login(recorded.commune)
    assert "hien-nay=1" in markup(client.get(url(recorded.home)))
    page = markup(client.get(url(recorded.home, "&hien-nay=1")))
    assert "lệch 1: đầu quý 20 + kết nạp 1" in page and "đây là số hiện nay, không phải số khi khóa" in page


def test_the_sums_above_are_those_of_the_closing(recorded, client):
    annul(recorded.rows[0], recorded.leader)
    total, rows = movements.roll_up_lines(
        recorded.root, movements.closed_lines(recorded.root, recorded.closing)
    )
    assert (total.start, total.admitted, total.arrived, total.end, total.wrong) == (29, 3, 1, 33, 0)
    assert sum(row.end for row in rows) == total.end
    client.force_login(recorded.staff)
    page = markup(client.get(url(recorded.root)))
    assert "lệch" not in page and "Số liệu khi khóa quý" in page


def test_a_row_corrected_after_the_closing_is_named_beside_the_closed_one(recorded, client):
    MembershipMovement.objects.filter(branch=recorded.far).update(departed=1, end=9)
    client.force_login(recorded.staff)
    page = markup(client.get(url(recorded.other)))
    assert "Chuyển đi hiện nay 1" in page and "Cuối quý hiện nay 9" in page
    assert movements.closed_lines(recorded.other, recorded.closing)[0].typed["end"] == "10"


def test_a_closing_of_before_the_rows_were_kept_says_so_and_shows_those_of_today(shut, client):
    movements.record_movements(shut.home, Q4, cells(shut.rural, start=20, end=22), by=shut.staff)
    assert not kept_movements.keeps_movements(shut.closing)
    client.force_login(shut.commune)
    page = markup(client.get(url(shut.home)))
    assert "Bản khóa của quý này không giữ tăng giảm đảng viên; đây là số hiện nay." in page


def test_an_open_quarter_says_nothing_of_closings(place, client):
    client.force_login(place.commune)
    assert "khóa quý" not in markup(client.get(url(place.home)))


def test_the_next_quarter_begins_with_the_end_that_was_closed(recorded):
    annul(recorded.rows[0], recorded.leader)
    line = movements.movement_lines(recorded.rural, Q1)[0]
    assert line.known_start == 23
    typed = cells(recorded.rural, left=1, end=22)
    assert movements.record_movements(recorded.rural, Q1, typed, by=recorded.staff) == 1


def test_a_quarter_closed_again_keeps_its_rows_anew(recorded, second):
    close.ask_reopening(recorded.closing, by=recorded.admin, reason="sửa")
    recorded.closing.refresh_from_db()
    close.confirm_reopening(recorded.closing, by=second)
    typed = cells(recorded.school, start=7, end=8)
    movements.record_movements(recorded.school, Q4, typed, by=recorded.staff)
    again = close.close_quarter(quarter_period(2016, 4), by=recorded.admin)
    assert (recorded.closing.movements.count(), again.movements.count()) == (2, 3)


def test_the_database_refuses_to_change_a_kept_row(recorded):
    for statement in ("UPDATE reports_closedmovement SET arrived = 5", "DELETE FROM reports_closedmovement"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert ClosedMovement.objects.filter(arrived=1).exists()


def test_the_end_of_the_quarter_before_is_kept_as_it_was_known(recorded):
    movements.record_movements(recorded.rural, Q1, cells(recorded.rural, end=23), by=recorded.staff)
    factories.admitted(recorded.rural, recorded.staff, on=date(2017, 2, 1), full_name="Lê Văn Bốn")
    kept = ClosedMovement.objects.get(branch=recorded.rural)
    assert (kept.before, kept.start) == (None, 20)
