"""The register as it was stored on a day: what the list of a day says is what stood in the rows that evening."""

from datetime import date

from django.test import override_settings

from admissions import workflow
from admissions.models import Dossier
from admissions.worklist.as_of import rows_as_of, show_as_of, under_as_of
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Organisation, Tier
from tests import factories

ACTS = (
    (date(2016, 8, 15), "apply", {}),
    (date(2016, 12, 5), "branch_agrees", factories.BRANCH_BALLOT),
    (date(2016, 12, 20), "base_agrees", factories.BASE_BALLOT),
)


def stored(unit):
    """{dossier: (state, branch)} of the rows as they are, of those under `unit`."""
    return {row.pk: (row.state, row.branch_id) for row in Dossier.objects.under(unit)}


def told(unit, day):
    """The same as the register tells it of `day`."""
    rows = show_as_of(list(under_as_of(rows_as_of(Dossier.objects.all(), day), unit, day)), day)
    return {row.pk: (row.state, row.branch_id) for row in rows}


def live_through(district):
    """A dossier goes its way, another is entered late; the branch is split at the year's end. [(day, unit, rows)]."""
    evenings, staff = [], district.staff

    def keep(day):
        evenings.extend((day, unit, stored(unit)) for unit in Organisation.objects.order_by("pk"))

    with override_settings(TODAY=date(2016, 7, 1)):
        row = factories.dossier(district.rural, staff)
        keep(date(2016, 7, 1))
    for on, action, facts in ACTS:
        with override_settings(TODAY=on):
            if action == "branch_agrees":
                factories.have_papers(row, staff, "branch", dated_on=date(2015, 10, 24))
            workflow.perform(row, action, by=staff, on=on, **facts)
            keep(on)
    with override_settings(TODAY=date(2016, 12, 27)):
        factories.dossier(district.school, staff, person=factories.candidate(full_name="Lê Văn Muộn"))
        keep(date(2016, 12, 27))
    with override_settings(TODAY=date(2017, 1, 10)):
        heirs = [
            factories.unit(
                district.home,
                Tier.BRANCH,
                Kind.VILLAGE,
                f"Tân Nguyên {n}",
                rural=True,
                valid_from=date(2017, 1, 1),
            )
            for n in (1, 2)
        ]
        hand_over_unit(
            HandOver(
                old=Organisation.objects.get(pk=district.rural.pk),
                heirs=tuple(heirs),
                on=date(2017, 1, 1),
                basis="QĐ 1-QĐ/ĐU, 28/12/2016",
                dossiers={row.pk: heirs[1]},
            ),
            by=district.admin,
        )
        keep(date(2017, 1, 10))
    return evenings


def test_every_evening_is_told_as_it_was_stored(district):
    evenings = live_through(district)
    for day, unit, rows in evenings:
        assert told(unit, day) == rows, (day, unit)
    assert told(district.rural, date(2016, 12, 31)) and not stored(district.rural), (
        "the split is seen both ways"
    )
    assert told(district.root, date(2016, 6, 30)) == {}


def test_the_list_of_dossiers_takes_a_day_and_refuses_one_to_come(district, staff):
    live_through(district)
    address = f"/ho-so/?don-vi={district.rural.pk}&trang-thai=preparing&ngay="
    answer = staff.get(address + "15/08/2016")
    assert "Đỗ Thị Thanh Bình" in answer.content.decode()
    assert "đúng như sổ ghi đến hết ngày 15/08/2016" in answer.content.decode()
    assert "Đỗ Thị Thanh Bình" not in staff.get(address + "01/07/2016").content.decode(), "a source that day"
    assert "chưa tới" in staff.get(address + "15/08/2018").content.decode()
