"""The changes of Yên Lạc as files: loaded in 2017, carried out one after the other in 2023 and 2025."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from branches.models import Kind, Organisation, Reorganisation, Tier
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.loading import list_files, load_plan
from branches.reorganisation.questions import choose, list_questions
from branches.reorganisation.rehearsal import rehearse
from branches.reorganisation.undo import undo
from demo.units import UNITS
from tests import factories
from tests.kept import kept
from tests.reorganisations import answer_all

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 2)


@kept
def yen_lac(district):
    """The seventeen communes of 2017 with their real codes, a branch each, under the small district's root."""
    Organisation.objects.filter(pk__in=[district.home.pk, district.other.pk]).update(
        valid_to=date(2016, 1, 1)
    )
    under = Organisation.objects.filter(parent__in=[district.home, district.other])
    under.update(valid_to=date(2016, 1, 1))
    district.communes = {}
    for row in UNITS:
        if row.kind in (Kind.COMMUNE, Kind.TOWNSHIP):
            commune = factories.unit(
                district.root, Tier.BASE, row.kind, row.name, valid_from=date(2016, 1, 2)
            )
            Organisation.objects.filter(pk=commune.pk).update(code=row.code)
            factories.unit(
                commune, Tier.BRANCH, Kind.VILLAGE, f"Thôn {row.name}", valid_from=date(2016, 1, 2)
            )
            district.communes[row.name] = commune
    district.plans = [load_plan(name, unit=district.root, by=district.admin) for name, _title in list_files()]
    return district


def standing(tier=Tier.BASE):
    rows = Organisation.objects.on(DAY).filter(tier=tier).select_related("parent")
    return {row.title for row in rows if not row.is_base_branch}


def test_all_three_are_rehearsed_in_2017(yen_lac):
    first, second, third = (rehearse(row, by=yen_lac.admin) for row in yen_lac.plans)
    assert first.may_go and third.may_go
    (question,) = second.open_questions
    assert question.detail.startswith("Nguồn chưa nêu")
    assert len(question.choices) == 16
    assert not second.may_go
    assert yen_lac.plans[1].note.startswith("Có điều chưa kiểm chứng")


def test_one_after_the_other_and_the_last_undone(yen_lac, settings):
    settings.TODAY = DAY
    first, second, third = yen_lac.plans
    carry_out(first, by=yen_lac.admin)
    heir = next(value for value, label in list_questions(second)[0].choices if label.endswith("Liên Châu"))
    choose(second, "into:1", heir, by=yen_lac.admin)
    carry_out(second, by=yen_lac.admin)
    before = standing()
    assert "Đảng bộ thị trấn Tam Hồng" in before
    assert len(before) == 16
    answer_all(third, yen_lac.admin)
    done = carry_out(third, by=yen_lac.admin)
    assert done.all_equal
    names = ("Yên Lạc", "Tề Lỗ", "Tam Hồng", "Nguyệt Đức", "Liên Châu")
    assert standing() == {f"Đảng bộ xã {name}" for name in names}
    assert standing(Tier.PROVINCE) == {"Đảng bộ tỉnh Phú Thọ"}
    assert Organisation.objects.on(DAY).get(name="Thôn Hồng Phương").parent.name == "Liên Châu"
    codes = Organisation.objects.on(DAY).filter(tier=Tier.BASE, is_base_branch=False)
    assert set(codes.values_list("code", flat=True)) == {"09025", "09040", "09043", "09052", "09064"}
    undo(third, by=type(yen_lac.admin).objects.get(pk=yen_lac.admin.pk), reason="thử")
    assert standing() == before


def test_where_the_register_has_the_province_the_district_is_taken_in_by_it(yen_lac, settings):
    settings.TODAY = DAY
    province = factories.unit(None, Tier.PROVINCE, Kind.PROVINCE, "Phú Thọ", valid_from=date(2015, 1, 1))
    path = f"{province.path}{yen_lac.root.pk}/"
    for row in Organisation.objects.under(yen_lac.root):
        Organisation.objects.filter(pk=row.pk).update(path=province.path + row.path)
    Organisation.objects.filter(pk=yen_lac.root.pk).update(parent=province, path=path)
    admin = factories.user("tinh", "administrator", province)
    root = Organisation.objects.get(pk=yen_lac.root.pk)
    row = load_plan("2025-07-01-phu-tho", unit=root, by=admin)
    answer_all(row, admin)
    assert carry_out(row, by=admin).all_equal
    assert {unit.name for unit in province.children.on(DAY)} >= {"Yên Lạc", "Tề Lỗ", "Hồng Phương"}
    assert not Organisation.objects.on(DAY).filter(tier=Tier.DISTRICT).exists()


def test_the_command_lists_and_loads(yen_lac, capsys, tmp_path):
    call_command("load_reorganisation")
    assert "2025-07-01-phu-tho: Bỏ cấp huyện" in capsys.readouterr().out
    facts = {"unit": yen_lac.root.code, "by": "quan-tri"}
    call_command("load_reorganisation", "2023-04-10-tam-hong", **facts)
    row = Reorganisation.objects.latest("pk")
    assert f"/don-vi/thay-doi/{row.pk}/" in capsys.readouterr().out
    wrong = tmp_path / "sai.toml"
    wrong.write_text('title = "Sai"', encoding="utf-8")
    for name, more, words in (
        (str(wrong), {}, "Không đọc được"),
        ("khong-co", {}, "Không đọc được"),
        ("2023-04-10-tam-hong", {"by": "ai-do"}, "no active account"),
        ("2023-04-10-tam-hong", {"by": "lan"}, "may not change units"),
        ("2023-04-10-tam-hong", {"unit": "000"}, "No unit has the code"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("load_reorganisation", name, **facts | more)


def test_a_file_that_names_a_unit_that_is_not_there_is_refused(district):
    with pytest.raises(ValidationError, match="Không có đơn vị mã 09043"):
        load_plan("2023-04-10-tam-hong", unit=district.root, by=district.admin)
    assert not Reorganisation.objects.exists()
    with pytest.raises(PermissionDenied):
        load_plan("2023-04-10-tam-hong", unit=district.root, by=district.staff)
