"""Quotas in five kinds: what each asks for, how it is revised, proposed and answered."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from admissions.exceptions import Refused, Stale
from branches.models import Kind as UnitKind
from branches.models import Organisation, Tier
from reports import periods
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.models import Basis, MemberCount, Quota, Term
from reports.pages import sentence, series
from reports.quotas import assign, attainment, branch_share
from reports.quotas.assign import Amount
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2016)
TERM = periods.span_of_years(2016, 2020)
Kind = Quota.Kind


@pytest.fixture
def basis(db):
    return Basis.objects.create(number="QĐ 31-QĐ/HU", on=date(2016, 1, 14), issuer="Đảng bộ huyện Yên Lạc")


@pytest.fixture
def give(district, basis):
    def given(unit, amount, period=YEAR, by=None, **facts):
        amount = Amount(number=amount) if isinstance(amount, int) else amount
        facts.setdefault("basis", basis)
        return assign.assign_quota(unit, period, amount, by=by or district.leader, **facts)[0]

    return given


# What each kind asks for


def test_a_rate_is_heads_half_up_and_names_its_denominator_and_its_day(district, give):
    members = MemberCount.objects.create(unit=district.home, on=date(2015, 12, 31), number=250)
    give(district.home, Amount(Kind.RATE, rate=Decimal("2.60"), membership=members))
    found = attainment.head_quotas(district.root, YEAR)[district.home.pk]
    assert (found.number, found.words) == (7, "2,6% của 250 đảng viên ngày 31/12/2015"), "6.5 is 7"


def test_an_average_is_the_quota_of_each_year_without_its_own_and_times_the_years_that_of_the_term(
    district, give
):
    give(district.home, Amount(Kind.AVERAGE, number=4), TERM)
    give(district.home, 6, periods.year_period(2017))
    given = {period: factories.heads_asked(district.root, period).get(district.home.pk) for period in (
        *(periods.year_period(year) for year in (2015, 2016, 2017, 2020, 2021)), TERM, periods.quarter_period(2016, 1),
    )}  # fmt: skip
    assert [*given.values()] == [None, 4, 6, 4, None, 20, None]
    both = attainment.quotas_of([district.home.pk], [TERM, YEAR, periods.year_period(2021)])
    numbers = {key: target.number for key, target in both.items()}
    assert numbers == {(district.home.pk, TERM): 20, (district.home.pk, YEAR): 4}


def test_a_range_is_reached_from_its_lower_end_and_nothing_exceeds_it_inside(district, give):
    give(district.home, Amount(Kind.RANGE, number=2, high=3))
    quota = attainment.head_quotas(district.root, YEAR)[district.home.pk]
    rows = [attainment.Row(district.home, n, 0, quota) for n in (1, 2, 3, 5)]
    assert [(row.gap, row.inside) for row in rows] == [(-1, False), (0, True), (0, True), (2, False)]
    assert [row.percent for row in rows] == [50, 100, 150, 250]
    assert quota.words == "từ 2 đến 3"


def test_a_share_counts_branches_with_an_admission_among_those_of_the_period(district, give):
    district.school.valid_to = date(2015, 12, 31)
    district.school.save()
    factories.unit(district.home, Tier.BRANCH, UnitKind.VILLAGE, "Lạc Trung", rural=True)
    give(district.home, Amount(Kind.SHARE, rate=Decimal(60)))
    for on in (date(2016, 2, 1), date(2016, 3, 1), date(2017, 1, 10)):
        factories.admitted(district.rural, district.staff, on=on)
    share = branch_share.branch_share(district.home, YEAR)
    assert (share.admitting, share.branches, share.needed, share.gap) == (1, 2, 2, -1)
    assert attainment.round_half_up(share.percent) == Decimal("83.33"), "50 over 60"
    assert branch_share.branch_share(district.home, periods.quarter_period(2016, 1)).percent is None, (
        "of the same period only"
    )
    assert factories.heads_asked(district.root, YEAR) == {}, "a share asks for branches, not for members"


@pytest.mark.parametrize(
    ("amount", "field"),
    [
        (Amount(), "number"),
        (Amount(Kind.RANGE, number=3), "high"),
        (Amount(Kind.RANGE, number=3, high=2), "high"),
        (Amount(Kind.RATE, rate=Decimal(3)), "membership"),
        (Amount(Kind.NUMBER, number=3, rate=Decimal(3)), "rate"),
        (Amount(Kind.SHARE, rate=Decimal(101)), "rate"),
        (Amount(Kind.AVERAGE, number=3), "kind"),
    ],
)
def test_an_amount_that_lacks_what_its_kind_needs_is_refused_at_its_field(district, give, amount, field):
    with pytest.raises(Refused) as refused:
        give(district.home, amount)
    assert set(refused.value.message_dict) == {field}
    assert not Quota.objects.exists()


def test_a_rate_takes_the_units_own_membership_and_a_branch_has_no_share_of_branches(district, give):
    members = MemberCount.objects.create(unit=district.other, on=date(2015, 12, 31), number=250)
    with pytest.raises(Refused, match="đơn vị khác"):
        give(district.home, Amount(Kind.RATE, rate=Decimal(3), membership=members))
    with pytest.raises(Refused, match="chi bộ trực thuộc"):
        give(district.rural, Amount(Kind.SHARE, rate=Decimal(80)))


@pytest.mark.parametrize("quota", [0, None])
def test_a_quota_of_nothing_is_no_comparison(district, quota):
    target = None if quota is None else attainment.Target(Quota(), quota)
    row = attainment.Row(district.home, 3, 1, target)
    assert (row.percent, row.gap, row.left) == (None, None, None)


# One after another


def test_a_revision_leaves_the_former_number_with_its_basis_and_one_row_is_current(district, give, basis):
    give(district.home, 15)
    later = Basis.objects.create(number="KH 41-KH/HU", on=date(2016, 6, 1))
    last = give(district.home, 17, basis=later)
    assert give(district.home, 17, basis=later) == last, "the same again writes nothing"
    rows = assign.quota_history(district.home, YEAR)
    assert [(row.number, str(row.basis)) for row in rows] == [
        (15, "QĐ 31-QĐ/HU, 14/01/2016"),
        (17, "KH 41-KH/HU, 01/06/2016"),
    ]
    assert rows.current().get() == last
    assert factories.heads_asked(district.root, YEAR)[district.home.pk] == 17
    give(district.home, 5, measure="women")
    give(district.home, Amount(Kind.SHARE, rate=Decimal(80)))
    assert Quota.objects.current().count() == 3, "one for each measure, and the share beside it"


def test_quotas_are_never_changed_and_the_database_holds_one_chain_a_cell(district, give):
    row = give(district.home, 15)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(TypeError):
        Quota.objects.update(number=1)
    facts = {"unit": district.home, "first": YEAR.first, "last": YEAR.last, "number": 3, "basis": row.basis}
    give(district.home, 16)
    for wrong in (
        {},
        {"revises": row},
        {"unit": district.other, "basis": None},
        {"unit": district.other, "high": 4},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quota.objects.create(**facts | wrong)


def test_who_assigns_is_above_never_the_unit_itself(district, give):
    assert give(district.rural, 2, by=district.commune).number == 2
    for unit, user in (
        (district.home, district.commune),
        (district.far, district.commune),
        (district.rural, district.branch),
        (district.home, district.staff),
    ):
        with pytest.raises(PermissionDenied):
            give(unit, 2, by=user)
    assert give(district.root, 40).number == 40
    assert give(district.school, 1, by=district.leader).number == 1


def test_a_unit_proposes_and_the_level_above_assigns_another_number_or_declines(district, give):
    asked = assign.propose_quota(
        district.home, YEAR, Amount(number=18), by=district.commune, reason="Có nguồn"
    )
    again = assign.propose_quota(district.home, YEAR, Amount(number=17), by=district.commune)
    assert Quota.objects.pending().get() == again, "the later proposal stands for the former"
    assert factories.heads_asked(district.root, YEAR) == {}, "a proposal is no quota"
    given = give(district.home, 16)
    assert (given.answers, again.answer, asked.revision) == (again, given, again)
    third = assign.propose_quota(district.home, YEAR, Amount(number=12), by=district.commune)
    with pytest.raises(Refused):
        assign.decline_proposal(third, by=district.leader, reason="")
    with pytest.raises(PermissionDenied):
        assign.decline_proposal(third, by=district.commune, reason="Không")
    no = assign.decline_proposal(third, by=district.leader, reason="Nguồn đủ cho 16")
    assert (no.state, no.number, third.answer) == ("declined", 12, no)
    with pytest.raises(Stale):
        assign.decline_proposal(third, by=district.leader, reason="Hai lần")
    assert factories.heads_asked(district.root, YEAR)[district.home.pk] == 16
    with pytest.raises(PermissionDenied):
        assign.propose_quota(district.far, YEAR, Amount(number=2), by=district.commune)


def test_membership_is_written_for_a_day_and_stays_once_a_quota_rests_on_it(district, give):
    on = date(2015, 12, 31)
    assign.record_membership(district.home, on, 250, by=district.commune)
    with pytest.raises(Stale, match=r"Nguyễn Văn Thử, 27/02/2017 .* ghi 250"):
        assign.record_membership(district.home, on, 260, by=district.staff)
    row = assign.record_membership(district.home, on, 260, by=district.commune, replaces=250)
    give(district.home, Amount(Kind.RATE, rate=Decimal(3), membership=row))
    with pytest.raises(Refused, match="3% của 260"):
        assign.record_membership(district.home, on, 270, by=district.staff)
    with pytest.raises(Refused, match="chưa đến"):
        assign.record_membership(district.home, date(2017, 3, 1), 270, by=district.staff)
    with pytest.raises(PermissionDenied):
        assign.record_membership(district.home, on, 260, by=district.branch)


# On pages


def test_every_kind_is_given_proposed_and_declined_on_pages(client, district):
    Term.objects.create(name="2015–2020", first=TERM.first, last=TERM.last)
    client.force_login(district.commune)
    data = {"unit": district.home.pk, "kind": "number", "number": "18", "reason": "Có nguồn"}
    page = markup(client.post("/chi-tieu/giao/de-nghi/?ky=2016", data, follow=True))
    assert "Đề nghị chờ trả lời" in page
    asked = Quota.objects.get()
    client.force_login(district.branch)
    assert client.post(f"/chi-tieu/giao/de-nghi/{asked.pk}/tra-loi/", {"reason": "x"}).status_code == 404
    client.force_login(district.leader)
    form = markup(client.get(f"/chi-tieu/giao/moi/?ky=2016&de-nghi={asked.pk}"))
    assert 'value="18"' in form
    client.post(f"/chi-tieu/giao/de-nghi/{asked.pk}/tra-loi/", {"reason": "Đủ rồi"})
    assert asked.answer.reason == "Đủ rồi"
    client.force_login(district.commune)
    page = markup(client.get("/chi-tieu/giao/?ky=2016"))
    assert "Đề nghị chờ trả lời" not in page
    assert "Đủ rồi" in page, "who asked reads why not"
    client.force_login(district.leader)
    members = {"unit": district.home.pk, "on": "31/12/2015", "number": "250"}
    assert client.post("/chi-tieu/dang-vien/", members).status_code == 302
    common = {"unit": district.home.pk, "basis": "QĐ 31-QĐ/HU", "basis_on": "14/01/2016"}
    for period, amount in (
        ("2016", {"kind": "rate", "rate": "3,5", "base_on": "31/12/2015"}),
        ("2016", {"kind": "range", "number": "2", "high": "4", "measure": "women"}),
        ("2016", {"kind": "share", "rate": "80"}),
        ("2015-2020", {"kind": "average", "number": "3", "measure": "youth"}),
    ):
        assert client.post(f"/chi-tieu/giao/moi/?ky={period}", common | amount).status_code == 302, amount
    assert Basis.objects.count() == 1, "one document, named four times"
    missing = client.post("/chi-tieu/giao/moi/?ky=2016", common | {"kind": "rate", "rate": "3"})
    assert (missing.status_code, "Ghi ngày của số đảng viên" in markup(missing)) == (422, True)
    page = markup(client.get(f"/chi-tieu/dat/?don-vi={district.home.pk}&ky=2016"))
    for words in (
        "3,5% của 250 đảng viên ngày 31/12/2015",
        "từ 2 đến 4",
        "80% số chi bộ có kết nạp",
        "làm tròn",
    ):
        assert words in page
    assert "bình quân 3 mỗi năm" in page


def test_fourteen_months_are_compared_with_a_years_quota_only_by_choice_and_the_page_says_so(
    client, district, give
):
    give(district.home, 1)
    for on in (date(2016, 3, 1), date(2017, 1, 10)):
        factories.admitted(district.rural, district.staff, on=on)
    client.force_login(district.staff)
    url = f"/chi-tieu/dat/?don-vi={district.home.pk}&ky=2016-01-01..2017-02-27"
    page = markup(client.get(url))
    assert "Kỳ không khớp." in page
    assert "200,0%" not in page
    page = markup(client.get(f"{url}&so-voi=2016"))
    assert "Kỳ không khớp." in page
    assert "200,0%" in page


def test_a_year_by_months_and_quarters_adds_up_beside_the_year_before(district):
    for on in (date(2016, 1, 31), date(2016, 3, 1), date(2015, 3, 31), date(2016, 12, 31)):
        factories.admitted(district.rural, district.staff, on=on)
    months = series.parts_of_year(district.root, YEAR)
    assert [part.number for part in months] == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [part.so_far for part in months][-2:] == [2, 3]
    assert [part.before_so_far for part in months][1:4] == [0, 1, 1]
    quarters = series.parts_of_year(district.root, YEAR, RURAL, by="quarter")
    assert [(part.number, part.so_far) for part in quarters] == [(2, 2), (0, 2), (0, 2), (1, 3)]
    assert "ky=2016-01-01..2016-06-30" in quarters[1].urls["so_far"]
    assert "ky=2016-01-01..2016-06-30&so=rural" in quarters[1].urls["so_far"]


def test_any_measure_has_its_row_and_its_tree(district, give):
    factories.admitted(district.rural, district.staff, on=date(2016, 3, 1))
    factories.admitted(
        district.school, district.staff, on=date(2016, 3, 1), sex="male", full_name="Lê Văn An"
    )
    give(district.home, 2, measure="women")
    row = attainment.unit_row(district.home, YEAR, MEASURES["women"])
    assert (row.admitted, row.rural, row.quota, row.gap) == (1, 1, 2, -1)
    tree = attainment.attainment_tree(district.root, YEAR, measure=MEASURES["women"])
    assert (tree.admitted, tree.quota) == (1, None)
    _total, rows = attainment.unit_and_children(district.root, YEAR, MEASURES["women"])
    assert {line.unit: (line.admitted, line.quota) for line in rows} == {
        district.home: (1, 2),
        district.other: (0, None),
        district.firm: (0, None),
    }
    assert attainment.unit_row(district.home, YEAR, ADMITTED).quota is None


def test_units_and_measures_are_offered_in_the_order_of_every_table(client, district):
    client.force_login(district.leader)
    page = markup(client.get(f"/chi-tieu/giao/moi/?ky=2016&don-vi={district.root.pk}"))
    found = re.findall(r"<option[^>]*>([^<]+)</option>", page.split('id="id_unit"')[1].split("</select>")[0])
    below = Organisation.objects.filter(parent=district.root)
    wanted = sorted(below, key=lambda row: (not row.is_place, row.sort_key))
    assert found[1:] == [district.root.title, *(row.title for row in wanted)]
    select = page.split('id="id_measure"')[1].split("</select>")[0]
    assert re.findall(r'<optgroup label="([^"]+)"', select)[1] == "Nghề nghiệp"
    assert "Chưa rõ" not in select, "nobody is asked to admit what is not known"
    attained = markup(client.get("/chi-tieu/dat/?ky=2016&so=age-unknown"))
    assert '<option value="age-unknown" selected>Chưa rõ</option>' in attained


def test_a_district_is_offered_its_own_documents_and_not_those_of_its_communes(district, give, basis):
    own = assign.record_basis("KH 02-KH/ĐU", date(2016, 1, 14), issuer=district.home.title)
    give(district.home, 4)
    give(district.rural, 2, by=district.commune, basis=own)
    assert [row.number for row in assign.known_bases(district.root)] == [basis.number]
    assert {row.number for row in assign.known_bases(district.home)} == {basis.number, own.number}


def test_a_thousand_is_a_thousand_wherever_a_number_is_typed(client, district):
    client.force_login(district.leader)
    typed = {"unit": district.home.pk, "on": "31/12/2015", "number": "1.000"}
    assert client.post("/chi-tieu/dang-vien/", typed).status_code == 302
    assert MemberCount.objects.get().number == 1000
    common = {"unit": district.home.pk, "basis": "NQ 1", "basis_on": "01/02/2016"}
    assert client.post("/chi-tieu/giao/moi/?ky=2016", common | {"number": "1.000"}).status_code == 302
    assert factories.heads_asked(district.root, YEAR)[district.home.pk] == 1000
    for wrong in ("1.2", "6.90", "-1", "x"):
        answer = client.post("/chi-tieu/giao/moi/?ky=2016", common | {"number": wrong})
        assert (answer.status_code, "không phải số nguyên" in markup(answer)) == (422, True), wrong


def test_a_refused_quota_leaves_no_document_behind(client, district):
    client.force_login(district.leader)
    typed = {"unit": district.home.pk, "basis": "NQ 1", "basis_on": "01/02/2016"}
    assert (
        client.post("/chi-tieu/giao/moi/?ky=2016", typed | {"kind": "average", "number": "3"}).status_code
        == 422
    )
    assert not Basis.objects.exists()


def test_the_reason_of_a_refusal_is_kept_as_text_or_said_to_be_too_long(client, district):
    asked = assign.propose_quota(district.home, YEAR, Amount(number=9), by=district.commune)
    client.force_login(district.leader)
    url = f"/chi-tieu/giao/de-nghi/{asked.pk}/tra-loi/"
    answer = client.post(url, {"reason": "x" * 301}, follow=True)
    assert "Lý do dài 301 chữ, tối đa 300." in markup(answer)
    assert client.post(url, {"reason": "đủ\x00 nguồn\u200b  rồi"}).status_code == 302
    asked.refresh_from_db()
    assert asked.answer.reason == "đủ nguồn rồi"


def test_words_and_table_agree_on_a_quota_that_is_a_range(district):
    factories.quota(district.home, YEAR, 14, kind=Quota.Kind.RANGE, high=18)
    target = attainment.head_quotas(district.root, YEAR)[district.home.pk]
    for admitted, words in (
        (14, "trong khoảng chỉ tiêu 14–18"),
        (16, "trong khoảng chỉ tiêu 14–18"),
        (18, "trong khoảng chỉ tiêu 14–18"),
        (21, "vượt hơn 16% so với chỉ tiêu"),
        (7, "đạt 50% chỉ tiêu"),
    ):
        assert sentence.against_quota(admitted, target.number, target.high) == words
        row = attainment.Row(district.home, admitted, 0, target)
        assert row.inside == words.startswith("trong khoảng") and (row.gap > 0) == words.startswith("vượt")
