"""The snapshot of the demonstration is what its stories tell, and says when it does not fit."""

import os
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from accounts.models import User
from admissions.models import Dossier, Event
from demo import snapshot
from demo.accounts import PASSWORD

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="told once, in the leg on SQLite")
def test_the_stories_tell_the_rows_of_the_snapshot(tmp_path, monkeypatch):
    before = snapshot.unpack_tables()
    path = tmp_path / "snapshot.jsonl.xz"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    subprocess.run(["bash", "scripts/snapshot", path], cwd=ROOT, env=environment, check=True)
    monkeypatch.setattr(snapshot, "PATH", path)
    for old, new in zip(before, snapshot.unpack_tables(), strict=True):
        assert old["columns"] == new["columns"], f"{old['table']}: {snapshot.RENEW}"
        differing = [pair for pair in zip(old["rows"], new["rows"], strict=True) if pair[0] != pair[1]]
        assert not differing, f"{old['table']}: {differing[:2]}. {snapshot.RENEW}"
        assert old == new


@pytest.mark.django_db
def test_a_column_that_the_snapshot_lacks_is_named():
    tables = snapshot.unpack_tables()
    (dossiers,) = [table for table in tables if table["table"] == "admissions_dossier"]
    dossiers["columns"].remove("serial")
    by_table = {model._meta.db_table: model for model in snapshot.list_models()}
    with pytest.raises(snapshot.Outdated, match=r"admissions_dossier: serial .* scripts/snapshot"):
        snapshot.check_fit(tables, by_table)


@pytest.mark.django_db
def test_a_table_that_has_gone_is_named():
    with pytest.raises(snapshot.Outdated, match="reports_gone"):
        snapshot.check_fit([{"table": "reports_gone", "columns": [], "rows": []}], {})


@pytest.mark.django_db
def test_another_reference_row_is_noticed():
    tables = snapshot.unpack_tables()
    (religions,) = [table for table in tables if table["table"] == "admissions_religion"]
    religions["rows"].pop()
    by_table = {model._meta.db_table: model for model in snapshot.list_models()}
    with pytest.raises(snapshot.Outdated, match="admissions_religion"):
        snapshot.check_fit(tables, by_table)


def test_its_accounts_sign_in_with_the_password_of_the_demonstration(yenlac):
    assert authenticate(username="district", password=PASSWORD) == yenlac.users["district"]
    assert not User.objects.filter(password="").exists()


def test_a_row_written_after_it_takes_the_next_key(yenlac):
    last = Event.objects.order_by("pk").last()
    dossier = Dossier.objects.get(pk=last.dossier_id)
    facts = {"no": last.no + 1, "from_state": last.to_state, "to_state": last.to_state, "on": last.on}
    row = Event.objects.create(dossier=dossier, action="note", by=last.by, **facts)
    assert row.pk > last.pk
