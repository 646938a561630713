"""Plans in sentences."""

from datetime import date

import pytest

from branches import drafts, plan_words
from branches.drafts import ChangeDraft
from branches.models import ChangeKind, Kind, Tier
from tests import factories
from tests.branches.test_drafts import BASIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(district):
    """`write(ChangeDraft, …)`: the rows of a plan of the district."""

    def changes(*wanted):
        plan = drafts.draft_reorganisation(district.root, BASIS, wanted, by=district.admin)
        return list(plan.changes.all())

    return changes


def several(district):
    """(kind, units, into, facts, the sentence) of the kinds that make one of several or several of one."""
    rural, school, home, other = district.rural, district.school, district.home, district.other
    new, parts = [{"name": "Mới"}], [{"name": "A"}, {"name": "B"}]
    merged = "Nhập Đảng bộ xã Đồng Văn và Đảng bộ xã Trung Nguyên thành Đảng bộ xã Mới"
    taken = "Nhập Chi bộ Trường THCS vào Chi bộ thôn Tân Nguyên"
    split = "Tách Chi bộ thôn Tân Nguyên thành Chi bộ thôn A và Chi bộ thôn B"
    dissolved = "Giải thể Chi bộ Trường THCS, chuyển về Chi bộ thôn Tân Nguyên"
    return [
        (ChangeKind.MERGE, (home, other), None, new, merged),
        (ChangeKind.MERGE, (school,), rural, [], taken),
        (ChangeKind.SPLIT, (rural,), None, parts, split),
        (ChangeKind.DISSOLVE, (school,), rural, [], dissolved),
    ]


def one_to_one(district):
    """The same of the kinds that make one of one."""
    rural, base = (district.rural,), [{"is_base_branch": False}]
    up = [{"tier": "base", "is_base_branch": True, "parent": district.root.pk}]
    renamed = "Đổi tên Chi bộ thôn Tân Nguyên thành Chi bộ thôn Mới"
    township = "Đổi loại hình Đảng bộ xã Trung Nguyên thành Đảng bộ thị trấn Trung Nguyên (Thị trấn)"
    moved = "Chuyển Chi bộ thôn Tân Nguyên về trực thuộc Đảng bộ xã Đồng Văn"
    higher = "Chi bộ thôn Tân Nguyên thành tổ chức cơ sở đảng, trực thuộc Đảng bộ huyện Yên Lạc"
    school = "Chi bộ Trường THCS nay là nông thôn"
    return [
        (ChangeKind.RENAME, rural, None, [{"name": "Mới"}], renamed),
        (ChangeKind.KIND, (district.home,), None, [{"kind": "township"}], township),
        (ChangeKind.PARENT, rural, None, [{"parent": district.other.pk}], moved),
        (ChangeKind.RURAL, (district.school,), None, [{"rural": True}], school),
        (ChangeKind.BASE_BRANCH, (district.firm,), None, base, "Chi bộ Công ty May thôi là chi bộ cơ sở"),
        (ChangeKind.TIER, rural, None, up, higher),
    ]


@pytest.mark.parametrize("list_cases", [several, one_to_one])
def test_each_kind_has_its_sentence(district, write, list_cases):
    cases = list_cases(district)
    rows = write(
        *(ChangeDraft(kind, units, into, tuple(facts)) for kind, units, into, facts, _words in cases)
    )
    assert [plan_words.describe_change(row) for row in rows] == [words for *_change, words in cases]


def test_many_units_are_counted(district, write):
    units = tuple(
        factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, f"Xóm {n}", rural=True) for n in range(5)
    )
    (row,) = write(ChangeDraft(ChangeKind.MERGE, units, None, ({"name": "Mới"},)))
    assert plan_words.describe_change(row) == "Nhập 5 chi bộ thành Chi bộ thôn Mới"


def test_the_act_says_how_many_end_and_begin(district, write):
    (row,) = rows = write(
        ChangeDraft(ChangeKind.MERGE, (district.home, district.other), None, ({"name": "Mới"},))
    )
    assert plan_words.name_act(row.plan, rows) == "Kết thúc 2 đảng bộ, lập 1 đảng bộ từ 01/04/2017"
    (row,) = rows = write(ChangeDraft(ChangeKind.DISSOLVE, (district.school,), district.rural))
    assert plan_words.name_act(row.plan, rows) == "Kết thúc 1 chi bộ từ 01/04/2017"
    (row,) = rows = write(ChangeDraft(ChangeKind.RENAME, (district.school,), None, ({"name": "Mới"},)))
    assert plan_words.name_act(row.plan, rows) == "Đổi tên 1 đơn vị từ 01/04/2017"


def test_a_plan_is_called_after_its_first_change(district, write):
    rename = ChangeDraft(ChangeKind.RENAME, (district.school,), None, ({"name": "Mới"},))
    rows = write(rename, rename, rename)
    plan = rows[0].plan
    assert plan_words.suggest_title(plan) == "Đổi tên Chi bộ Trường THCS thành Chi bộ Mới và 2 thay đổi khác"
    plan.changes.all().delete()
    assert plan_words.suggest_title(plan) == "Thay đổi tổ chức từ 01/04/2017"
    assert plan.day == date(2017, 4, 1)


def test_new_units_that_may_have_others_below_are_offered_as_parents(district, write):
    merge = ChangeDraft(ChangeKind.MERGE, (district.home, district.other), None, ({"name": "Mới"},))
    rename = ChangeDraft(ChangeKind.RENAME, (district.school,), None, ({"name": "Khác"},))
    rows = write(merge, rename)
    assert plan_words.list_new_units(rows[0].plan) == [("1.1", "Đảng bộ xã Mới")]
    assert plan_words.list_new_units(rows[0].plan, but=rows[0]) == []
