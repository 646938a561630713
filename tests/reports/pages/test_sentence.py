"""The opening paragraph: a rounded word never says more than its figure, and numbers are links."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import periods
from reports.pages import sentence
from reports.quotas.attainment import percent_of
from tests import factories
from tests.markup import markup


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (281, 546, "hơn 51%"),
        (162, 268, "hơn 60%"),
        (1, 2, "50%"),
        (3, 4, "75%"),
        (63, 64, "hơn 98%"),
        (399, 400, "gần 100%"),
        (1, 300, "chưa đến 1%"),
        (0, 5, "0%"),
    ],
)
def test_a_share_in_words(part, whole, words):
    assert sentence.percent_in_words(percent_of(part, whole)) == words


@pytest.mark.parametrize(
    ("admitted", "quota", "words"),
    [
        (268, 244, "vượt gần 10% so với chỉ tiêu"),
        (19, 15, "vượt hơn 26% so với chỉ tiêu"),
        (67, 60, "vượt hơn 11% so với chỉ tiêu"),
        (15, 15, "đạt chỉ tiêu"),
        (14, 15, "đạt hơn 93% chỉ tiêu"),
        (0, 15, "đạt 0% chỉ tiêu"),
        (3, 0, ""),
        (3, None, ""),
    ],
)
def test_attainment_in_words(admitted, quota, words):
    assert sentence.against_quota(admitted, quota) == words


@given(st.integers(0, 3000), st.integers(1, 1000))
def test_a_rounded_word_never_lies(part, whole):
    exact, words = percent_of(part, whole), sentence.percent_in_words(percent_of(part, whole))
    number = Decimal(re.search(r"[\d.]+", words)[0].replace(".", ""))
    if words.startswith("hơn"):
        assert number < exact < number + Decimal("0.75")
    elif words.startswith("gần"):
        assert number - Decimal("0.25") <= exact < number
    elif words.startswith("chưa đến"):
        assert 0 < exact < number == 1
    else:
        assert exact == number


@given(st.integers(0, 100000))
def test_a_rough_number_of_people_never_lies(number):
    words = sentence.people_in_words(number)
    said = int(re.search(r"[\d.]+", words)[0].replace(".", ""))
    if words.startswith("trên"):
        assert said < number < said + (100 if number >= 1000 else 10)
    else:
        assert said == number


def test_rough_numbers_of_people():
    assert [sentence.people_in_words(n) for n in (19, 87, 546, 540, 6912)] == [
        "19",
        "trên 80",
        "trên 540",
        "540",
        "trên 6.900",
    ]


@pytest.mark.django_db
def test_a_comparison_with_a_year_is_the_readers_choice_and_says_that_periods_differ(client, district):
    for on in (date(2016, 3, 1), date(2017, 1, 10)):
        factories.admitted(district.rural, district.staff, on=on)
    year = periods.year_period(2016)
    factories.quota(district.home, year, 1)
    client.force_login(district.staff)
    address = f"/chi-tieu/?don-vi={district.home.pk}&ky=2016-01-01..2017-02-27"
    page = markup(client.get(address))
    assert "so với kế hoạch" not in page
    assert "so-voi=2016" in page
    assert "so-voi=2017" not in page, "there is no quota for 2017"
    page = markup(client.get(f"{address}&so-voi=2016"))
    assert "vượt 100% so với kế hoạch" in page
    assert "Kỳ không khớp: đếm từ 01/01/2016 đến 27/02/2017" in page
    for wrong in ("2019", "x", "²"):
        assert client.get(f"{address}&so-voi={wrong}").status_code == 404


@pytest.mark.django_db
def test_every_number_is_a_link_on_a_page_and_plain_in_a_file(district):
    factories.admitted(district.rural, district.staff, on=date(2015, 3, 1))
    factories.admitted(district.school, district.staff, on=date(2016, 3, 1))
    opening = sentence.opening_paragraph(sentence.Register(district.root), periods.year_period(2016))
    assert opening.plain == (
        "Trong 2 năm gần đây, toàn huyện kết nạp 2 đảng viên, trong đó 1 đảng viên ở chi bộ nông thôn, "
        "chiếm 50%; riêng năm 2016 kết nạp 1 đảng viên."
    )
    assert opening.html.count('<a class="figure"') == 3
    assert re.sub(r"<[^>]+>", "", opening.html) == opening.plain


@pytest.mark.django_db
def test_a_year_before_which_nothing_was_recorded_is_told_alone(district):
    factories.admitted(district.rural, district.staff, on=date(2016, 3, 1))
    opening = sentence.opening_paragraph(sentence.Register(district.root), periods.year_period(2016))
    assert opening.plain.startswith("Năm 2016, toàn huyện kết nạp 1 đảng viên")
