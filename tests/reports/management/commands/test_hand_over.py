"""`manage.py hand_over`."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from admissions.models import Dossier
from branches.models import Kind, Organisation, Tier
from tests import factories
from tests.kept import kept

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 1)


@kept
def two(district):
    district.heirs = [
        factories.unit(district.home, Tier.BRANCH, Kind.STREET, name, valid_from=ON)
        for name in ("Một", "Hai")
    ]
    district.row = factories.dossier(district.rural, district.staff)
    return district


def run(place, *heirs, **facts):
    out = StringIO()
    codes = [heir.code for heir in heirs]
    facts = {"on": "01/01/2017", "basis": "QĐ 19-QĐ/ĐU", "by": "quan-tri"} | facts
    call_command("hand_over", place.rural.code, *codes, stdout=out, **facts)
    return out.getvalue()


def test_one_heir_gets_everything(two):
    told = run(two, two.heirs[0])
    assert told.splitlines()[:4] == [
        "phân công: đã bàn giao 1",
        "hồ sơ: đã bàn giao 1",
        "chỉ tiêu: đã bàn giao 0",
        "việc: đã bàn giao 0",
    ]
    assert "giải trình chờ trả lời: đã bàn giao 0" in told
    assert Dossier.objects.get(pk=two.row.pk).branch == two.heirs[0]
    assert Organisation.objects.get(pk=two.rural.pk).valid_to == date(2016, 12, 31)


def test_of_several_heirs_each_dossier_is_given_to_one(two):
    assert "hồ sơ: đã bàn giao 0, còn 1 chưa có nơi nhận" in run(two, *two.heirs)
    run(two, *two.heirs, give=[f"{two.row.number}={two.heirs[1].code}"])
    assert Dossier.objects.get(pk=two.row.pk).branch == two.heirs[1]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"by": "ai-do"}, "no active account"),
        ({"by": "lan"}, "may not change units"),
        ({"on": "31/02/2017"}, "tháng 2 có 28 ngày"),
        ({"on": "01/01/2009"}, "No unit has the code"),
        ({"basis": " "}, "Cần số và ngày"),
        ({"give": ["1=2"]}, "names no dossier"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(two, facts, words):
    with pytest.raises(CommandError, match=words):
        run(two, two.heirs[0], **facts)
    assert Organisation.objects.get(pk=two.rural.pk).valid_to is None
