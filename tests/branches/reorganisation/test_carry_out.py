"""A plan is carried out in one transaction, and refused when anything would be lost by it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Post
from admissions.history import describe_event
from admissions.models import Dossier
from admissions.states import State
from branches.models import HandedRow, Organisation, Reorganisation, Succession
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.rehearsal import rehearse
from branches.successions import units_after
from reports.closing.close import close_quarter
from reports.closing.proof import prove_closing
from reports.figures import figures, recount
from reports.models import Quota
from reports.periods import quarter_period, year_period
from reports.quotas import attainment
from tests import factories
from tests.kept import kept
from tests.reorganisations import DAY, answer_all, change, merge, plan, split, tree

pytestmark = pytest.mark.django_db
YEAR = year_period(2017)


@kept
def busy(district):
    """Both communes have admitted and have dossiers under way, and quotas for 2017."""
    for n, branch in enumerate((district.rural, district.school, district.far)):
        for year in (2016, 2017):
            day = date(year, 1, 10 + n)
            factories.admitted(branch, district.staff, on=day, full_name=f"Vũ Thị {branch.pk} {year}")
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=f"Lê Văn {n}"))
    row = factories.dossier(district.far, district.staff, person=factories.candidate(full_name="Hà Thị Mai"))
    district.resolved = factories.reach(row, State.RESOLVED, district.staff)
    for unit, number in ((district.home, 16), (district.other, 12), (district.rural, 5), (district.far, 4)):
        factories.quota(unit, YEAR, number)
    return district


def two_communes(place, **facts):
    return plan(place.root, place.admin, merge(place.home, place.other, **{"name": "Trung Văn"} | facts))


def moved(done):
    return {row.key: (row.number, row.parts) for row in done.moved}


def test_two_communes_become_one_with_everything_they_have(busy):
    row = two_communes(busy)
    done = carry_out(row, by=busy.admin)
    new = Organisation.objects.on(DAY).get(name="Trung Văn")
    assert [unit.name for unit in new.children.on(DAY)] == ["Báo Văn", "Tân Nguyên", "Trường THCS"]
    assert {unit.pk for unit in units_after(busy.home, DAY)} == {new.pk}
    assert moved(done)["under_way"] == (1, [1, 0])
    assert moved(done)["sources"] == (3, [1, 2])
    assert moved(done)["members"] == (6, [2, 4])
    assert moved(done)["posts"] == (2, [0, 2])
    assert done.all_equal
    assert done.events == 10
    assert figures.under_way(new).get() == busy.resolved
    assert row.state == Reorganisation.State.DONE


def test_a_dossier_keeps_what_it_has_and_one_event_names_the_decision(busy):
    before = Dossier.objects.get(pk=busy.resolved.pk)
    carry_out(two_communes(busy), by=busy.admin)
    after = Dossier.objects.get(pk=busy.resolved.pk)
    kept_columns = ("state", "state_since", "procedure", "branch_resolved_on", "helper", "listed_on")
    assert [getattr(after, name) for name in kept_columns] == [getattr(before, name) for name in kept_columns]
    assert (after.branch.name, after.commune.name) == ("Báo Văn", "Trung Văn")
    assert list(after.votes.values()) == list(before.votes.values())
    event = after.events.last()
    assert (event.no, after.version) == (after.event_count, before.version + 1)
    assert "96-QĐ/HU ngày 20/01/2017" in describe_event(event)


def test_the_figures_of_before_stay_where_they_were(busy):
    before = [figures.count_by_unit(busy.root, year_period(2016)), figures.count_by_unit(busy.root, YEAR)]
    carry_out(two_communes(busy), by=busy.admin)
    assert before == [
        figures.count_by_unit(busy.root, year_period(2016)),
        figures.count_by_unit(busy.root, YEAR),
    ]
    assert recount.recount_figures(busy.root).agrees


def test_the_rests_of_the_quotas_become_one(busy):
    """16 and 12 asked for, 2 and 1 admitted in January: 14 and 11 go over."""
    carry_out(two_communes(busy), by=busy.admin)
    new = Organisation.objects.on(DAY).get(name="Trung Văn")
    row = Quota.objects.current().get(unit=new)
    assert (row.number, row.reason) == (25, "14 + 11")
    assert str(row.basis) == "96-QĐ/HU, 20/01/2017"
    found = attainment.quotas_of([busy.home.pk, busy.other.pk], [YEAR])
    assert {pk: target.number for (pk, _year), target in found.items()} == {busy.home.pk: 2, busy.other.pk: 1}


def test_a_rehearsal_says_the_same_and_leaves_nothing(busy):
    row = two_communes(busy)
    before = tree(DAY), Dossier.objects.values_list("pk", "branch", "version"), Quota.objects.count()
    before = before[0], list(before[1]), before[2]
    rehearsed = rehearse(row, by=busy.admin)
    after = tree(DAY), list(Dossier.objects.values_list("pk", "branch", "version")), Quota.objects.count()
    assert before == after
    assert not HandedRow.objects.exists()
    done = carry_out(row, by=busy.admin)
    assert (rehearsed.moved, rehearsed.totals) == (done.moved, done.totals)
    assert len(done.totals) > 60
    assert rehearsed.may_go


def test_a_rehearsal_of_a_day_to_come_works_and_the_act_waits_for_it(busy):
    row = two_communes(busy)
    Reorganisation.objects.filter(pk=row.pk).update(day=date(2017, 7, 1))
    row.refresh_from_db()
    assert rehearse(row, by=busy.admin).may_go
    with pytest.raises(ValidationError, match="chưa tới"):
        carry_out(row, by=busy.admin)


def test_a_total_that_differs_refuses(busy, monkeypatch):
    original = figures.tally_cells
    calls = []

    def lose_one(unit, cells):
        calls.append(unit)
        numbers = original(unit, cells)
        return numbers if len(calls) < 3 else (numbers[0] - 1, *numbers[1:])

    monkeypatch.setattr(figures, "tally_cells", lose_one)
    with pytest.raises(ValidationError, match="Lệch ở dòng"):
        carry_out(two_communes(busy), by=busy.admin)
    assert not Succession.objects.exists()


def test_only_who_may_change_units_carries_out(busy):
    for user in (busy.staff, busy.commune):
        with pytest.raises(PermissionDenied):
            carry_out(two_communes(busy), by=user)


def test_namesakes_are_told_apart_by_what_was_chosen(busy):
    factories.unit(busy.other, "branch", "public_unit", "Trường THCS")
    row = two_communes(busy)
    with pytest.raises(ValidationError, match="2 đơn vị trùng tên"):
        carry_out(row, by=busy.admin)
    answer_all(row, busy.admin)
    carry_out(row, by=busy.admin)
    names = Organisation.objects.on(DAY).filter(parent__name="Trung Văn").values_list("name", flat=True)
    assert {*names} >= {"Trường THCS Trung Nguyên", "Trường THCS Đồng Văn"}


def test_a_split_asks_who_gets_what_and_refuses_until_it_is_said(busy):
    row = plan(busy.root, busy.admin, split(busy.rural, "Tân Nguyên 1", "Tân Nguyên 2"))
    done = rehearse(row, by=busy.admin)
    kinds = {one.key.partition(":")[0] for one in done.open_questions}
    assert kinds == {"rest", "dossier", "quota", "post"}
    assert not done.may_go
    with pytest.raises(ValidationError, match="chưa có nơi nhận"):
        carry_out(row, by=busy.admin)
    answer_all(row, busy.admin)
    done = carry_out(row, by=busy.admin)
    assert moved(done)["members"][0] == 2
    first, second = Organisation.objects.on(DAY).filter(name__startswith="Tân Nguyên").order_by("name")
    assert Dossier.objects.filter(branch=first).count() == 3
    assert not Dossier.objects.filter(branch=second).exists()
    found = attainment.quotas_of([busy.rural.pk, first.pk, second.pk], [YEAR])
    assert sum(target.number for target in found.values()) == 5


def test_a_half_that_is_split_again_gives_no_code_twice_and_a_name_is_kept_without_its_title(busy):
    unit, days = busy.rural, (date(2017, 2, 1), date(2017, 2, 8), date(2017, 2, 15))
    for n, day in enumerate(days[:2]):
        row = plan(busy.root, busy.admin, split(unit, f"Chi bộ thôn Mới {n}", f"Cũ {n}"), day=day)
        answer_all(row, busy.admin)
        carry_out(row, by=busy.admin)
        unit = Organisation.objects.on(day).get(name=f"Mới {n}")
    codes = [row.code for row in Organisation.objects.on(days[1]).filter(parent=busy.home)]
    assert len(codes) == len({*codes})
    raised = plan(busy.root, busy.admin, change("rename", busy.home, name="Trung Nguyên Mới"), day=days[2])
    answer_all(raised, busy.admin)
    assert carry_out(raised, by=busy.admin).all_equal, "all of them begin anew on one day"


def test_a_township_is_the_same_commune_under_another_kind(busy):
    row = plan(busy.root, busy.admin, change("kind", busy.home, kind="township"))
    carry_out(row, by=busy.admin)
    new = Organisation.objects.on(DAY).get(name="Trung Nguyên")
    assert (new.title, new.code) == ("Đảng bộ thị trấn Trung Nguyên", busy.home.code)
    assert {unit.rural for unit in new.children.on(DAY)} == {True, False}
    assert Post.objects.on(DAY).get(unit=new).user == busy.commune


def test_a_branch_goes_to_another_commune_and_its_figures_of_before_do_not(busy):
    row = plan(busy.root, busy.admin, change("parent", busy.rural, parent=busy.other.pk))
    done = carry_out(row, by=busy.admin)
    new = Organisation.objects.on(DAY).get(name="Tân Nguyên")
    assert (new.parent, new.rural) == (busy.other, True)
    assert done.all_equal
    assert figures.list_figure(busy.home, year_period(2016)).count() == 2
    assert figures.list_figure(busy.other, year_period(2016)).count() == 1


def test_a_commune_is_taken_in_by_one_that_goes_on(busy):
    row = plan(busy.root, busy.admin, merge(busy.other, into=busy.home))
    done = carry_out(row, by=busy.admin)
    assert done.all_equal
    assert [unit.name for unit in busy.home.children.on(DAY)] == ["Báo Văn", "Tân Nguyên", "Trường THCS"]
    assert Quota.objects.current().get(unit=busy.home).number == 16 + 11


def test_a_dissolved_unit_without_an_heir_is_refused_until_one_is_chosen(busy):
    row = plan(busy.root, busy.admin, {"kind": "dissolve", "units": [busy.other]})
    done = rehearse(row, by=busy.admin)
    assert [one.key for one in done.open_questions] == ["into:1"]
    with pytest.raises(ValidationError, match="nhập vào đơn vị nào"):
        carry_out(row, by=busy.admin)
    answer_all(row, busy.admin)
    assert carry_out(row, by=busy.admin).all_equal
    assert Organisation.objects.get(pk=busy.other.pk).valid_to == date(2017, 1, 31)


def test_the_district_ends_and_its_communes_stand_under_the_province(busy):
    row = plan(
        busy.root,
        busy.admin,
        change("tier", busy.root, key="tinh", tier="province", kind="province", name="Phú Thọ", code="25"),
        merge(busy.home, busy.other, name="Tề Lỗ", parent="tinh"),
    )
    done = carry_out(row, by=busy.admin)
    root = Organisation.objects.roots().on(DAY).get()
    assert root.title == "Đảng bộ tỉnh Phú Thọ"
    assert {unit.name for unit in root.children.on(DAY)} == {"Tề Lỗ", "Công ty May"}
    assert done.all_equal
    assert figures.list_figure(busy.root, year_period(2016)).count() == 3
    assert recount.recount_figures(busy.root).agrees
    admin = Post.objects.on(DAY).get(unit=root, role="administrator")
    assert admin.user == busy.admin


def test_merging_rural_and_other_branches_asks_which_it_is(busy):
    row = plan(busy.root, busy.admin, merge(busy.rural, busy.school, name="Tân Nguyên và THCS"))
    assert [one.key for one in rehearse(row, by=busy.admin).open_questions] == ["rural:c1"]
    answer_all(row, busy.admin)
    done = carry_out(row, by=busy.admin)
    assert Organisation.objects.on(DAY).get(name="Tân Nguyên và THCS").rural
    branches = next(one for one in done.totals if one.key == "branches")
    assert (branches.before, branches.total_after, branches.note, branches.equal) == (
        [4, -1],
        3,
        "theo kế hoạch",
        True,
    )


def test_the_people_of_the_heir_read_what_was_before(busy, client):
    facts = {"tier": "province", "kind": "province", "name": "Phú Thọ", "code": "25"}
    row = plan(
        busy.root,
        busy.admin,
        {"kind": "tier", "units": [busy.root], "facts": [{"key": "tinh"} | facts]},
        merge(busy.home, busy.other, name="Tề Lỗ", parent="tinh"),
    )
    carry_out(row, by=busy.admin)
    client.force_login(busy.staff)
    page = client.get(f"/chi-tieu/?ky=2016&don-vi={busy.root.pk}")
    assert (page.status_code, page.context["unit"].pk) == (200, busy.root.pk)
    assert client.get("/chi-tieu/?ky=2017").context["unit"].name == "Phú Thọ"
    client.force_login(busy.commune)
    assert client.get(f"/chi-tieu/?ky=2016&don-vi={busy.other.pk}").status_code == 200
    assert client.get(f"/chi-tieu/?ky=2016&don-vi={busy.firm.pk}").status_code == 404


def test_a_half_does_not_read_what_was_of_both(busy, client):
    row = plan(busy.root, busy.admin, split(busy.home, "Trung Một", "Trung Hai"))
    answer_all(row, busy.admin)
    carry_out(row, by=busy.admin)
    half = Organisation.objects.on(DAY).get(name="Trung Một")
    user = factories.user("xa-mot", "commune_committee", half)
    client.force_login(user)
    assert client.get(f"/chi-tieu/?don-vi={half.pk}").status_code == 200
    assert client.get(f"/chi-tieu/?ky=2016&don-vi={busy.home.pk}").status_code == 404


def test_quarters_are_closed_by_whoever_stands_at_the_top_today(busy):
    facts = {"tier": "province", "kind": "province", "name": "Phú Thọ", "code": "25"}
    row = plan(busy.root, busy.admin, {"kind": "tier", "units": [busy.root], "facts": [facts]})
    carry_out(row, by=busy.admin)
    admin = type(busy.admin).objects.get(pk=busy.admin.pk)
    closing = close_quarter(quarter_period(2016, 4), by=admin)
    assert prove_closing(closing).holds
