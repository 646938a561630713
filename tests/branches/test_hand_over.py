"""A unit that ends hands over its dossiers, sources, quotas and posts, with their state, resolutions and version."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Post, User
from accounts.roles import Role
from admissions import workflow
from admissions.exceptions import Refused
from admissions.history import describe_event
from admissions.models import Dossier
from admissions.states import State
from branches.hand_over import HandOver, hand_over_unit
from branches.models import Kind, Organisation, Tier
from branches.successions import units_after
from reports.figures import figures, recount
from reports.models import Quota
from reports.periods import quarter_period, span_of_years, year_period
from reports.quotas import attainment
from tests import factories
from tests.examples import PropertyTestCase, examples
from tests.factories import BASE_BALLOT, BRANCH_BALLOT, reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 1)
YEAR = year_period(2017)
BASIS = "QĐ 19-QĐ/ĐU, 25/12/2016"


@kept
def street(district):
    """A thôn becomes a tổ dân phố on 01/01/2017, and its people are one source and one resolved dossier."""
    district.source = factories.dossier(district.rural, district.staff)
    district.resolved = factories.dossier(
        district.rural, district.staff, person=factories.candidate(full_name="Lê Văn Đạt")
    )
    reach(district.resolved, State.RESOLVED, district.staff, branch_agrees=date(2016, 12, 20))
    district.heir = factories.unit(district.home, Tier.BRANCH, Kind.STREET, "Một", valid_from=ON)
    return district


def hand_over(place, *heirs, **facts):
    facts = {"old": place.rural, "heirs": heirs or (place.heir,), "on": ON, "basis": BASIS} | facts
    return hand_over_unit(HandOver(**facts), by=place.admin)


def of_today(row):
    return Dossier.objects.get(pk=row.pk)


# What goes over


def test_a_dossier_keeps_its_state_its_resolution_and_its_version(street):
    before = of_today(street.resolved)
    posts, dossiers, *_others = hand_over(street)
    assert (posts.moved, dossiers.moved, dossiers.left) == (1, 2, 0)
    after = of_today(street.resolved)
    kept = ("state", "state_since", "procedure", "branch_resolved_on", "helper", "listed_on", "moved_on")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.branch, after.commune) == (street.heir, street.home)
    assert list(after.votes.values()) == list(before.votes.values())
    assert after.papers.get(code="6-KND").had
    event = after.events.last()
    assert (event.no, event.on, event.facts["basis"]) == (after.version, ON, BASIS)
    assert describe_event(event) == (
        "Chi bộ thôn Tân Nguyên kết thúc; Nguyễn Văn Thử bàn giao hồ sơ sang Chi bộ tổ dân phố Một"
        " (QĐ 19-QĐ/ĐU, 25/12/2016)."
    )


def test_the_base_committee_goes_on_with_what_the_old_branch_resolved(street):
    hand_over(street)
    row = of_today(street.resolved)
    workflow.perform(row, "base_agrees", by=street.staff, on=date(2017, 1, 5), **BASE_BALLOT)
    assert row.state == State.PROPOSED


def test_the_people_of_the_heir_see_what_was_handed_over(street, client):
    hand_over(street)
    user = User.objects.get(pk=street.branch.pk)
    assert list(user.posts.order_by("since").values_list("unit", "role", "since", "until")) == [
        (street.rural.pk, Role.BRANCH_COMMITTEE, factories.BEGIN, date(2016, 12, 31)),
        (street.heir.pk, Role.BRANCH_COMMITTEE, ON, None),
    ]
    client.force_login(user)
    page = client.get(street.source.get_absolute_url())
    assert page.status_code == 200
    assert "Chi bộ tổ dân phố Một" in markup(page)


def test_what_the_old_branch_admitted_stays_its_own(street):
    row = factories.admitted(street.rural, street.staff, on=date(2016, 12, 28), full_name="Vũ Thị Dung")
    hand_over(street)
    row = of_today(row)
    assert (row.branch, row.admitted_branch) == (street.heir, street.rural)
    assert figures.list_figure(street.rural, year_period(2016)).count() == 1


def test_the_second_count_follows_the_hand_over(street):
    for branch, on in ((street.rural, date(2016, 12, 28)), (street.school, date(2017, 1, 20))):
        factories.admitted(branch, street.staff, on=on, full_name=f"Vũ Thị {on.day}")
    hand_over(street)
    row = of_today(street.resolved)
    reach_from_resolved(row, street)
    assert row.admitted_branch == street.heir
    result = recount.recount_figures(street.root)
    assert result.agrees, (result.wrong, result.differ)
    assert result.trusted == 0


def reach_from_resolved(row, place):
    number = factories.free_number(row, "standing", "40-QĐ/HU", date(2017, 2, 10))
    for action, on, facts in (
        ("base_agrees", date(2017, 1, 5), BASE_BALLOT | {"number": "71-NQ/ĐU"}),
        ("receive", date(2017, 1, 10), {}),
        ("put_forward", date(2017, 2, 1), {}),
        ("decide", date(2017, 2, 10), {"number": number}),
    ):
        if action == "put_forward":
            factories.have_papers(row, place.staff, "board")
        workflow.perform(row, action, by=place.staff, on=on, **facts)


def test_a_decision_of_before_recorded_after_it_counts_for_the_old_branch(street):
    row = factories.dossier(street.rural, street.staff, person=factories.candidate(full_name="Hà Thị Muộn"))
    days = {"branch_agrees": date(2016, 10, 5), "base_agrees": date(2016, 10, 20)}
    reach(
        row, State.AWAITING, street.staff, receive=date(2016, 11, 1), put_forward=date(2016, 11, 20), **days
    )
    hand_over(street)
    row = of_today(row)
    workflow.perform(row, "decide", by=street.staff, on=date(2016, 12, 12), number="88-QĐ/HU")
    assert (row.branch, row.admitted_branch) == (street.heir, street.rural)
    assert row.admitted_rural, "the thôn was rural, the tổ dân phố is not"
    assert recount.recount_figures(street.root).agrees


# Quotas


def test_the_rest_of_the_year_goes_over_and_the_sum_stays(street):
    """12 asked for, 2 admitted by June: 2 stay, 10 go over."""
    factories.quota(street.rural, year_period(2016), 12)
    for month in (4, 6):
        factories.admitted(street.rural, street.staff, on=date(2016, month, 10), full_name=f"Vũ Thị {month}")
    heir = factories.unit(street.home, Tier.BRANCH, Kind.STREET, "Hai", valid_from=date(2016, 7, 1))
    for row in (street.source, street.resolved):
        Dossier.objects.filter(pk=row.pk).update(branch=street.school)
    hand_over(street, heir, on=date(2016, 7, 1))
    found = attainment.quotas_of([street.rural.pk, heir.pk], [year_period(2016)])
    assert {pk: target.number for (pk, _year), target in found.items()} == {street.rural.pk: 2, heir.pk: 10}
    assert Quota.objects.filter(unit=street.rural).count() == 2, "nothing is overwritten"
    assert str(Quota.objects.current().get(unit=heir).basis) == f"{BASIS}, 01/07/2016"


def test_a_merger_adds_the_rests_and_a_range_stays_a_range(street):
    factories.quota(street.heir, YEAR, 3)
    factories.quota(street.rural, YEAR, 4, kind="range", high=6)
    hand_over(street)
    row = Quota.objects.current().get(unit=street.heir)
    assert (row.kind, row.number, row.high) == ("range", 7, 9), "3 of its own and the whole range"
    assert Quota.objects.current().get(unit=street.rural).number == 0, "it ended before the year began"


def test_an_average_over_a_term_goes_on_with_its_years(street):
    factories.quota(street.rural, span_of_years(2016, 2020), 2, kind="average")
    quotas = next(one for one in hand_over(street) if one.what == "quotas")
    assert (quotas.moved, quotas.left) == (1, 0)
    row = Quota.objects.current().get(unit=street.heir)
    assert (row.kind, row.number, row.first.year, row.last.year) == ("average", 2, 2017, 2020)
    found = attainment.quotas_of([street.rural.pk], [year_period(2016)])
    assert found[street.rural.pk, year_period(2016)].number == 2, "the year before stays its own"


def test_an_average_handed_over_in_the_middle_of_a_year_is_divided_there(street):
    """3 a year, one admitted by June: 1 stays, 2 go over, then 3 a year."""
    factories.quota(street.rural, span_of_years(2016, 2018), 3, kind="average")
    factories.admitted(street.rural, street.staff, on=date(2016, 4, 10), full_name="Vũ Thị Tư")
    heir = factories.unit(street.home, Tier.BRANCH, Kind.STREET, "Hai", valid_from=date(2016, 7, 1))
    hand_over(street, heir, on=date(2016, 7, 1))
    years = [year_period(n) for n in (2016, 2017, 2018)]
    found = attainment.quotas_of([street.rural.pk, heir.pk], years)
    assert [found[street.rural.pk, years[0]].number, found[heir.pk, years[0]].number] == [1, 2]
    assert [found[heir.pk, year].number for year in years[1:]] == [3, 3]


def test_a_share_of_branches_goes_on_at_the_heir(street):
    rate = {"kind": "share", "number": None, "rate": 80}
    factories.quota(street.home, YEAR, **rate)
    heir = factories.unit(street.root, Tier.BASE, Kind.COMMUNE, "Trung Văn", valid_from=ON)
    for branch in (street.rural, street.school):
        Organisation.objects.filter(pk=branch.pk).update(valid_to=date(2016, 12, 31))
    Organisation.objects.filter(pk=street.heir.pk).delete()
    hand_over(street, heir, old=street.home)
    assert Quota.objects.current().get(unit=heir).rate == 80


def test_a_quota_reached_leaves_nothing_to_hand_over(street):
    factories.quota(street.rural, year_period(2016), 1)
    factories.admitted(street.rural, street.staff, on=date(2016, 3, 10), full_name="Vũ Thị Ba")
    hand_over(street)
    assert not Quota.objects.filter(unit=street.heir).exists()


# A split


@kept
def two(street):
    street.second = factories.unit(street.home, Tier.BRANCH, Kind.STREET, "Hai", valid_from=ON)
    return street


def test_in_a_split_each_gets_what_is_chosen_and_the_rest_waits(two, client):
    posts, dossiers, *_others = hand_over(two, two.heir, two.second, dossiers={two.resolved.pk: two.second})
    assert (dossiers.moved, dossiers.left, posts.moved, posts.left) == (1, 1, 0, 1)
    assert of_today(two.resolved).branch == two.second
    assert of_today(two.source).branch == two.rural
    client.force_login(two.staff)
    page = markup(client.get(two.source.get_absolute_url()))
    assert (
        "Chi bộ thôn Tân Nguyên đã kết thúc ngày 31/12/2016, kế tục là Chi bộ tổ dân phố Hai và"
        " Chi bộ tổ dân phố Một. Hồ sơ chưa có nơi nhận."
    ) in page
    assert "đã kết thúc, chưa có nơi nhận" in markup(client.get("/ho-so/"))
    client.force_login(two.branch)
    assert client.get(two.source.get_absolute_url()).status_code == 200, "its people still see it"
    hand_over(two, two.heir, two.second, dossiers={two.source.pk: two.heir})
    assert of_today(two.source).branch == two.heir
    assert "chưa có nơi nhận" not in markup(client.get("/ho-so/"))


def test_until_it_is_handed_over_the_page_says_whose_a_dossier_is_now(street, client):
    Organisation.objects.filter(pk=street.rural.pk).update(valid_to=date(2016, 12, 31))
    client.force_login(street.staff)
    page = markup(client.get(street.source.get_absolute_url()))
    assert "Chi bộ thôn Tân Nguyên đã kết thúc ngày 31/12/2016. Hồ sơ chưa có nơi nhận." in page


def test_the_history_of_the_unit_names_the_kinds(street, client):
    hand_over(street)
    client.force_login(street.staff)
    page = markup(client.get(f"/don-vi/{street.rural.pk}/"))
    assert "Chi bộ thôn Tân Nguyên thành Chi bộ tổ dân phố Một" in page


# What is refused


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"basis": " "}, "Cần số và ngày"),
        ({"on": date(2018, 1, 1)}, "chưa tới"),
        ({"on": date(2016, 6, 1)}, "không có vào ngày 01/06/2016"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(street, facts, words):
    with pytest.raises(ValidationError, match=words):
        hand_over(street, **facts)
    assert Organisation.objects.get(pk=street.rural.pk).valid_to is None
    assert of_today(street.source).branch == street.rural


def test_a_unit_with_units_under_it_ends_after_them(street):
    heir = factories.unit(street.root, Tier.BASE, Kind.COMMUNE, "Trung Văn", valid_from=ON)
    with pytest.raises(ValidationError, match="còn đơn vị trực thuộc"):
        hand_over(street, heir, old=street.home)


def test_a_branch_that_admitted_after_its_last_day_did_not_end_then(street):
    factories.admitted(street.rural, street.staff, on=date(2017, 1, 20), full_name="Vũ Thị Dung")
    with pytest.raises(Refused, match="đã kết nạp từ ngày này"):
        hand_over(street)


def test_only_who_may_change_units_hands_over(street):
    facts = {"old": street.rural, "heirs": (street.heir,), "on": ON, "basis": BASIS}
    for user in (street.staff, street.commune, street.branch):
        with pytest.raises(PermissionDenied):
            hand_over_unit(HandOver(**facts), by=user)


def test_successions_are_followed_as_far_as_they_go(street):
    hand_over(street)
    last = factories.unit(street.home, Tier.BRANCH, Kind.STREET, "Cuối", valid_from=date(2017, 2, 1))
    hand_over(street, last, old=street.heir, on=date(2017, 2, 1))
    assert units_after(street.rural, date(2017, 1, 10)) == [street.heir]
    assert units_after(street.rural, date(2017, 2, 10)) == [last]
    assert Post.objects.on(date(2017, 2, 10)).get(user=street.branch).unit == last


# Acts ask


def test_neither_an_ended_branch_nor_its_heir_before_its_day_acts(street):
    Organisation.objects.filter(pk=street.rural.pk).update(valid_to=date(2016, 12, 31))
    row = of_today(street.source)
    with pytest.raises(Refused, match=r"đã kết thúc ngày 31/12/2016\..*chưa được bàn giao"):
        workflow.perform(row, "apply", by=street.staff, on=date(2017, 1, 10))
    hand_over(street)
    workflow.perform(of_today(street.source), "apply", by=street.staff, on=date(2016, 12, 10))
    row = of_today(street.source)
    factories.have_papers(row, street.staff, "branch")
    number = {"number": "20-NQ/CB"}
    workflow.perform(row, "branch_agrees", by=street.staff, on=date(2017, 1, 20), **BRANCH_BALLOT | number)
    assert row.state == State.RESOLVED


HEADS = st.integers(0, 9)


class AnySplit(PropertyTestCase):
    """Whatever is chosen: quotas add up as before, no dossier changes its state, none gets lost."""

    @staticmethod
    def make():
        place = factories.district()
        place.row = factories.admitted(place.rural, place.staff, on=date(2016, 3, 10))
        person = factories.candidate(full_name="Lê Văn Đạt")
        place.source = factories.dossier(place.rural, place.staff, person=person)
        return place

    @settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(HEADS, HEADS, HEADS, st.sampled_from([None, 0, 1]))
    def test_a_split_keeps_sums_and_states(self, asked, first, second, chosen):
        place = self.begin()
        row, source = place.row, place.source
        factories.quota(place.rural, year_period(2016), asked)
        on = date(2016, 7, 1)
        heirs = [
            factories.unit(place.home, Tier.BRANCH, Kind.STREET, name, valid_from=on)
            for name in ("Một", "Hai")
        ]
        choice = {} if chosen is None else {source.pk: heirs[chosen]}
        heads = {heirs[0].pk: first, heirs[1].pk: second}
        hand_over(place, *heirs, on=on, dossiers=choice, heads=heads)
        found = attainment.quotas_of([place.rural.pk, *(heir.pk for heir in heirs)], [year_period(2016)])
        assert sum(target.number for target in found.values()) == asked
        assert found[place.rural.pk, year_period(2016)].number >= min(asked, 1), "what it reached stays"
        states = dict(Dossier.objects.values_list("pk", "state"))
        assert states == {row.pk: State.DECIDED, source.pk: State.LISTED}
        assert of_today(source).branch == (place.rural if chosen is None else heirs[chosen])
        assert figures.list_figure(place.rural, quarter_period(2016, 1)).count() == 1
