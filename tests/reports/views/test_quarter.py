"""The page of a quarter."""

from datetime import date

import pytest

from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "days", "said"),
    [
        (date(2017, 4, 10), 10, "đang mở, hạn khóa 10/04/2017"),
        (date(2017, 4, 12), 10, "đang mở, hạn khóa 10/04/2017, quá 2 ngày"),
        (date(2017, 4, 11), 0, "đang mở, quý đã hết ngày 31/03/2017"),
    ],
)
def test_the_quarter_whose_turn_it_is_says_by_when_it_is_to_be_closed(
    shut, client, settings, day, days, said
):
    settings.TODAY, settings.CLOSING_DAYS = day, days
    client.force_login(shut.leader)
    assert said in markup(client.get("/bao-cao/2017/1/"))
    settings.TODAY = date(2017, 7, 2)
    page = markup(client.get("/bao-cao/2017/2/"))
    assert "đang mở, quý đã hết ngày 30/06/2017" in page, "the quarter before it comes first"
