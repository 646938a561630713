"""The commands that close and verify a quarter."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.closings import annul

pytestmark = pytest.mark.django_db


def test_the_commands_close_and_verify(place):
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("close_quarter", "2017", "1", "--by", "quan-tri", stdout=out, stderr=err)
    assert "CHẶN" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify_quarter", "2016", "4")
    call_command("close_quarter", "2016", "4", "--by", "quan-tri", stdout=out)
    annul(place.rows[0], place.leader)
    out = StringIO()
    call_command("verify_quarter", "2016", "4", "--json", stdout=out)
    assert json.loads(out.getvalue())["adjustments"] == 1
    with connection.cursor() as cursor:
        for trigger in ("unittotals_stay_update", "closings_stay"):
            cursor.execute(f"DROP TRIGGER {trigger}" if connection.vendor == "sqlite" else "SELECT 1")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_unittotals SET own = json_set(own, '$.women', 77)")
        with pytest.raises(SystemExit):
            call_command("verify_quarter", "2016", "4", stdout=StringIO())
