import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Activity
from admissions.catalogues.groups import add_group, rename_group, switch_group
from admissions.exceptions import Refused
from admissions.models import PriorityGroup

pytestmark = pytest.mark.django_db


def test_an_administrator_adds_renames_and_stops_a_group_and_the_log_says_so(district):
    row = add_group("Chủ hộ  kinh doanh", "", by=district.admin)
    rename_group(row, "Hộ kinh doanh", by=district.admin)
    switch_group(row, False, by=district.admin)
    kept = PriorityGroup.objects.get(pk=row.pk)
    assert (kept.name, kept.rule, kept.active) == ("Hộ kinh doanh", "", False)
    assert list(Activity.objects.order_by("pk").values_list("subject", flat=True)) == [
        "Thêm nhóm ưu tiên: Chủ hộ kinh doanh",
        "Đổi tên nhóm ưu tiên: Chủ hộ kinh doanh → Hộ kinh doanh",
        "Ngừng dùng nhóm ưu tiên: Hộ kinh doanh",
    ]


@pytest.mark.parametrize(
    ("name", "rule", "field"), [("phu nu", "", "name"), ("Nữ thanh niên", "women", "rule")]
)
def test_a_second_group_of_a_name_or_of_a_fact_is_refused(district, name, rule, field):
    with pytest.raises(Refused) as refusal:
        add_group(name, rule, by=district.admin)
    assert list(refusal.value.message_dict) == [field]


def test_others_change_nothing(district):
    with pytest.raises(PermissionDenied):
        add_group("Hộ kinh doanh", "", by=district.staff)
    with pytest.raises(PermissionDenied):
        switch_group(PriorityGroup.objects.first(), False, by=district.commune)
