"""Closing a quarter and opening it again."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Activity
from accounts.roles import Role
from admissions.exceptions import Refused
from reports.closing import reading
from reports.closing.close import ask_reopening, close_quarter, confirm_reopening
from reports.models.closing import QuarterClosing
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul, holds
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/bao-cao/2016/4/"


def test_only_an_administrator_of_the_whole_register_closes(place, client):
    for who in (place.staff, place.leader, place.commune):
        with pytest.raises(Refused):
            close_quarter(quarter_period(2016, 4), by=who)
        client.force_login(who)
        assert client.post(f"{PAGE}khoa/").status_code == 403
    local = factories.user("qt-xa", Role.ADMINISTRATOR, place.home)
    with pytest.raises(Refused):
        close_quarter(quarter_period(2016, 4), by=local)
    assert not QuarterClosing.objects.exists()


def test_quarters_close_in_order_from_any_first_one(shut, settings):
    with pytest.raises(Refused, match="Quý chưa hết"):
        close_quarter(quarter_period(2017, 1), by=shut.admin)
    with pytest.raises(Refused, match="chưa khóa"):
        close_quarter(quarter_period(2016, 3), by=shut.admin)
    settings.TODAY = date(2017, 8, 1)
    with pytest.raises(Refused, match="Khóa quý I/2017 trước"):
        close_quarter(quarter_period(2017, 2), by=shut.admin)
    close_quarter(quarter_period(2017, 1), by=shut.admin)
    close_quarter(quarter_period(2017, 2), by=shut.admin)


def test_reopening_takes_a_reason_and_two_people_and_keeps_the_former_closing(shut, second, client):
    annul(shut.rows[3], shut.leader)
    with pytest.raises(Refused, match="lý do"):
        ask_reopening(shut.closing, by=shut.admin, reason="  ")
    with pytest.raises(Refused):
        ask_reopening(shut.closing, by=shut.leader, reason="sai một ngày")
    with pytest.raises(Refused, match="Chưa có ai"):
        confirm_reopening(shut.closing, by=second)
    client.force_login(shut.admin)
    assert client.post(f"{PAGE}mo-lai/", {"reason": ""}).status_code == 422
    assert client.post(f"{PAGE}mo-lai/", {"reason": "sai một ngày"}).status_code == 302
    asked = QuarterClosing.objects.get().reopen_asked_at.isoformat()
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": asked}).status_code == 422
    assert reading.valid_closing(2016, 4), "nobody confirms their own request"
    client.force_login(shut.staff)
    assert client.get(f"{PAGE}mo-lai/").status_code == 403
    assert "đề nghị mở lại quý này" not in markup(client.get(PAGE))
    client.force_login(shut.leader)
    assert "đề nghị mở lại quý này: “sai một ngày”" in markup(client.get(PAGE))
    assert "sai một ngày" in markup(client.get(f"{PAGE}mo-lai/"))
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": "khác"}).status_code == 422
    assert client.post(f"{PAGE}mo-lai/", {"dong-y": "1", "luc": asked}).status_code == 302
    assert reading.valid_closing(2016, 4) is None
    page = markup(client.get(f"{PAGE}?lan={shut.closing.pk}"))
    assert "Bản khóa này đã được thay" in page
    assert reading.group_fingerprint(shut.closing.fingerprint) in page
    assert Activity.objects.filter(subject__contains="mở lại quý IV/2016").exists()
    assert Activity.objects.filter(subject__startswith="Mở lại quý IV/2016: sai một ngày").exists()
    again = close_quarter(quarter_period(2016, 4), by=second)
    assert (again.entries.count(), shut.closing.entries.count()) == (3, 4)
    assert again.fingerprint != shut.closing.fingerprint
    holds(again)


def test_a_former_closing_can_be_reopened_no_more(shut, second):
    ask_reopening(shut.closing, by=shut.admin, reason="sai")
    confirm_reopening(shut.closing, by=second)
    with pytest.raises(Refused):
        confirm_reopening(QuarterClosing.objects.get(), by=second)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuarterClosing.objects.mark(reopened_at=None)
