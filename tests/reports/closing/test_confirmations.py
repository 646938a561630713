"""Units confirm their own figures of a quarter; the one above goes on without those who have not, and says so."""

from datetime import date

import pytest

from accounts.models import Activity
from accounts.roles import Role
from admissions import workflow
from admissions.exceptions import Refused
from branches.models import Organisation
from reports.closing.checks import run_checks
from reports.closing.close import close_quarter
from reports.closing.confirmations import (
    confirm_quarter,
    list_missing,
    list_standings,
    read_standing,
    remind_units,
    withdraw_confirmation,
)
from reports.closing.source import FromClosing
from reports.exports.wording import unconfirmed_note
from reports.models import QuarterConfirmation
from reports.periods import quarter_period
from reports.unit_group import UnitGroup
from tests import factories
from tests.kept import kept

pytestmark = pytest.mark.django_db
Q4 = quarter_period(2016, 4)


@kept
def confirmed(place):
    """The home commune has confirmed its three admissions and the firm that it has none, the other commune has not."""
    confirm_quarter(place.home, Q4, by=place.commune)
    confirm_quarter(place.firm, Q4, by=place.staff)
    return place


def states(place):
    return {row.unit: row.mark for row in list_standings(place.root, Q4)}


def test_a_commune_confirms_its_own_figures_and_the_one_above_sees_who_has_not(confirmed):
    assert states(confirmed) == {confirmed.home: "ok", confirmed.firm: "ok", confirmed.other: "wait"}
    row = read_standing(confirmed.home, Q4).row
    assert (row.by, row.numbers["admitted"], row.numbers["women"]) == (confirmed.commune, 3, 2)
    assert list_missing(Q4) == [confirmed.other]
    assert Activity.objects.filter(subject=f"Xác nhận: quý IV/2016, {confirmed.home.title}").exists()


def test_what_changes_afterwards_is_seen_and_confirmed_anew(confirmed):
    late = factories.admitted(confirmed.rural, confirmed.staff, on=date(2016, 12, 20), full_name="Đỗ Thị Nga")
    standing = read_standing(confirmed.home, Q4)
    assert standing.mark == "soon"
    assert ("Tổng số đảng viên kết nạp", 3, 4) in standing.changed
    assert confirmed.home in list_missing(Q4)
    confirm_quarter(confirmed.home, Q4, by=confirmed.commune)
    assert read_standing(confirmed.home, Q4).holds
    facts = {"kind": "procedure", "number": "40-QĐ/HU", "reason": "sai thủ tục"}
    workflow.perform(late, "annul", by=confirmed.leader, on=date(2017, 1, 3), **facts)
    assert not read_standing(confirmed.home, Q4).holds


def test_only_the_committee_of_the_unit_or_above_confirms_and_never_a_running_or_closed_quarter(place):
    stranger = factories.user("xa-khac", Role.COMMUNE_COMMITTEE, place.other)
    for by in (stranger, place.branch):
        with pytest.raises(Refused, match="cấp ủy"):
            confirm_quarter(place.home, Q4, by=by)
    with pytest.raises(Refused, match="chưa hết"):
        confirm_quarter(place.home, quarter_period(2017, 1), by=place.commune)
    confirm_quarter(place.home, Q4, by=place.staff)
    with pytest.raises(Refused, match="đã xác nhận"):
        confirm_quarter(place.home, Q4, by=place.commune)
    close_quarter(Q4, by=place.admin)
    with pytest.raises(Refused, match="đã khóa"):
        confirm_quarter(place.other, Q4, by=place.staff)
    with pytest.raises(Refused, match="đã khóa"):
        withdraw_confirmation(place.home, Q4, by=place.commune)


def test_figures_that_moved_while_they_were_looked_at_are_not_confirmed(place):
    seen = read_standing(place.home, Q4).seen
    factories.admitted(place.rural, place.staff, on=date(2016, 12, 20), full_name="Đỗ Thị Nga")
    with pytest.raises(Refused, match="vừa đổi"):
        confirm_quarter(place.home, Q4, by=place.commune, seen=seen)
    assert not QuarterConfirmation.objects.exists()


def test_a_confirmation_is_taken_back_and_its_row_stays(confirmed):
    withdraw_confirmation(confirmed.home, Q4, by=confirmed.commune)
    assert read_standing(confirmed.home, Q4).mark == "wait"
    kinds = QuarterConfirmation.objects.values_list("kind", flat=True)
    assert list(kinds.filter(unit=confirmed.home)) == ["confirmed", "withdrawn"]
    with pytest.raises(Refused, match="chưa xác nhận"):
        withdraw_confirmation(confirmed.home, Q4, by=confirmed.commune)


def test_those_who_have_not_are_reminded_until_they_do(confirmed):
    assert remind_units(confirmed.root, Q4, by=confirmed.staff) == [confirmed.other]
    assert read_standing(confirmed.other, Q4).reminded.by == confirmed.staff
    assert read_standing(confirmed.home, Q4).reminded is None
    confirm_quarter(confirmed.other, Q4, by=confirmed.staff)
    assert read_standing(confirmed.other, Q4).reminded is None
    with pytest.raises(Refused, match="đã xác nhận đủ"):
        remind_units(confirmed.root, Q4, by=confirmed.staff)
    with pytest.raises(Refused, match="lập báo cáo"):
        remind_units(confirmed.root, Q4, by=confirmed.commune)


def test_the_closing_names_whom_it_did_not_wait_for_in_the_reports_that_include_them(confirmed):
    with pytest.raises(Refused, match="Chưa xác nhận số liệu: Đồng Văn"):
        close_quarter(Q4, by=confirmed.admin, without=False)
    (check,) = [row for row in run_checks(Q4) if row.words == "Đơn vị đã xác nhận số liệu"]
    assert (check.state, check.value) == ("warn", "2 / 3")
    closing = close_quarter(Q4, by=confirmed.admin, without=True)
    assert closing.unconfirmed == [confirmed.other.pk]

    def note(unit):
        return unconfirmed_note(FromClosing(UnitGroup((unit,)), closing))

    assert note(confirmed.root) == "Khi khóa quý, chưa xác nhận số liệu: Đồng Văn."
    assert note(confirmed.other) == note(confirmed.root)
    assert note(confirmed.home) == "", "another commune's matter"


def test_a_closing_that_everybody_confirmed_says_nothing(confirmed):
    confirm_quarter(confirmed.other, Q4, by=confirmed.staff)
    closing = close_quarter(Q4, by=confirmed.admin, without=False)
    assert closing.unconfirmed == []
    assert unconfirmed_note(FromClosing(UnitGroup((confirmed.root,)), closing)) == ""


@kept
def province(place):
    """A province over two districts, each with a commune; the second district's people know nothing of the first."""
    facts = {"valid_from": date(2010, 1, 1)}
    create = Organisation.objects.create
    top = create(tier="province", kind="province", name="Vĩnh Phúc", code="P", **facts)
    districts = [
        create(tier="district", kind="district", name=name, code=name, parent=top, **facts)
        for name in ("Bình Xuyên", "Lập Thạch")
    ]
    bases = [
        create(tier="base", kind="commune", name=f"Xã {n}", code=f"x{n}", parent=row, **facts)
        for n, row in enumerate(districts)
    ]
    people = [
        factories.user(f"huyen-{n}", Role.BOARD_LEADER, row, full_name="Lê Thị Mơ")
        for n, row in enumerate(districts)
    ]
    place.top, place.districts, place.bases, place.people = top, districts, bases, people
    return place


def test_a_district_confirms_to_its_province_and_says_which_communes_it_did_not_wait_for(province):
    (one, other), (by, stranger) = province.districts, province.people
    with pytest.raises(Refused, match="Chưa xác nhận số liệu: Xã 0"):
        confirm_quarter(one, Q4, by=by, without=False)
    row = confirm_quarter(one, Q4, by=by, without=True)
    assert row.without == [province.bases[0].pk]
    assert [(s.unit, s.mark) for s in list_standings(province.top, Q4)] == [(one, "ok"), (other, "wait")]
    with pytest.raises(Refused, match="cấp ủy"):
        confirm_quarter(one, Q4, by=stranger)
    missing = {other, province.home, province.other, province.firm}
    assert set(list_missing(Q4)) == missing, "of every root of the register"
