"""The command that reckons a date by hand."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_the_reckon_command_shows_the_date_and_what_was_skipped():
    out = StringIO()
    call_command("reckon", "05/12/2016", "60", "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert data["ends_on"] == "2017-03-07"
    assert data["skipped"] == [
        "2017-01-02",
        "2017-01-26",
        "2017-01-27",
        "2017-01-30",
        "2017-01-31",
        "2017-02-01",
    ]
    with pytest.raises(CommandError, match="tháng 2 có 28 ngày"):
        call_command("reckon", "31/02/2017", "1")
    with pytest.raises(CommandError, match="2028"):
        call_command("reckon", "30/12/2027", "10")


@pytest.mark.django_db
def test_the_reckon_command_names_the_worked_saturdays_too():
    out = StringIO()
    call_command("reckon", "24/01/2014", "60", "--json", stdout=out)
    data = json.loads(out.getvalue())
    assert (data["ends_on"], data["worked"]) == ("2014-04-26", ["2014-01-25", "2014-02-08", "2014-04-26"])
    out = StringIO()
    call_command("reckon", "24/01/2014", "60", stdout=out)
    assert "  tính cả ngày làm bù 08/02/2014" in out.getvalue().splitlines()
