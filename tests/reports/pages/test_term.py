"""A term year by year."""

from datetime import date
from decimal import Decimal

import pytest

from reports import periods
from reports.models import MemberCount, Quota, Term
from reports.pages import term as terms
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db

YEAR = periods.year_period(2017)


@kept
def term(district):
    Term.objects.create(name="2015–2020", first=date(2016, 1, 1), last=date(2020, 12, 31))
    for on in (date(2016, 3, 1), date(2016, 9, 1), date(2017, 1, 10)):
        factories.admitted(district.rural, district.staff, on=on)
    return periods.parse_period("2015-2020")


def test_a_term_is_told_year_by_year_in_each_quotas_own_words(client, district, term):
    members = MemberCount.objects.create(unit=district.root, on=date(2015, 12, 31), number=200)
    factories.quota(district.root, term, 20)
    factories.quota(district.root, periods.year_period(2016), 3)
    factories.quota(district.root, term, 4, kind=Quota.Kind.AVERAGE, measure="rural")
    factories.quota(
        district.root, periods.year_period(2016), 1, kind=Quota.Kind.RANGE, high=3, measure="women"
    )
    rate = {"kind": Quota.Kind.RATE, "rate": Decimal("1.5"), "membership": members}
    factories.quota(district.root, periods.year_period(2016), None, measure="youth", **rate)
    factories.quota(district.root, periods.year_period(2016), None, kind=Quota.Kind.SHARE, rate=Decimal(50))
    total, rural, women, youth, share = terms.term_asked(district.root, term)
    assert [(cell.row.admitted, cell.row.quota) for cell in total.years] == [
        (2, 3),
        (1, None),
        (0, None),
        (0, None),
        (0, None),
    ]
    assert (total.whole.row.admitted, total.whole.row.quota) == (3, 20)
    assert [cell.row.quota for cell in (*rural.years, rural.whole)] == [4, 4, 4, 4, 4, 20]
    assert youth.years[0].row.quota == 3
    assert (share.years[0].share.admitting, share.years[0].share.branches, share.years[1].share) == (
        1,
        4,
        None,
    )
    assert women.years[0].row.inside
    ahead = terms.term_ahead(total)
    assert (ahead.left, [year.code for year in ahead.years], ahead.yearly) == (
        18,
        ["2017", "2018", "2019", "2020"],
        5,
    )
    client.force_login(district.staff)
    page = markup(client.get("/chi-tieu/?ky=2015-2020"))
    for words in (
        "4 năm 2017–2020 cần kết nạp 18, bình quân 5 mỗi năm",
        "bình quân 4 mỗi năm",
        "từ 1 đến 3",
        "1,5% của 200 đảng viên ngày 31/12/2015",
        "50% số chi bộ có kết nạp",
    ):
        assert words in page, words


def test_a_term_without_a_quota_or_reached_asks_for_nothing_more(district, term):
    assert terms.term_ahead(terms.term_asked(district.root, term)[0]) is None
    factories.quota(district.root, term, 3)
    assert terms.term_ahead(terms.term_asked(district.root, term)[0]) is None
