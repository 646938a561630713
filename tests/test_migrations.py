"""A database that had every migration before the squash applies only later ones, and none is left out."""

from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from admissions.models import DayOff

ROOT = Path(__file__).parent.parent
FORMER = {
    "branches": ["0001_initial", "0002_the_desk"],
    "accounts": ["0001_initial", "0002_the_desk"],
    "admissions": [
        "0001_initial",
        "0002_reference_data",
        "0003_events_are_append_only",
        "0004_the_desk",
        "0005_reasons",
        "0006_days_off_as_announced",
        "0007_how_far_back_the_register_goes",
        "0008_templates_are_kept",
        "0009_fewer_indexes",
    ],
    "reports": [
        "0001_initial",
        "0005_saved_views",
        "0006_quota_kinds",
        "0007_quota_bases",
        "0008_quotas_only_grow",
        "0009_reports",
        "0010_quarters",
        "0011_saved_dossier_lists",
        "0012_touched",
    ],
}
"""The migrations that a database of the version before the squash has applied; frozen."""

APPS_SINCE = ("oversight",)
"""Apps that came after the squash."""

LANDED = {
    "accounts/migrations/0001_squashed_0002_the_desk.py": "92cc066f2828f9e6",
    "accounts/migrations/0003_form_keys.py": "1e5aff55ddf36d7e",
    "accounts/migrations/0004_the_year.py": "bf994873959af1e7",
    "admissions/migrations/0001_squashed_0009_fewer_indexes.py": "93a0fd635633d74c",
    "admissions/migrations/0010_sent_again.py": "a6ab93cee1624222",
    "admissions/migrations/0011_law.py": "decfebb51340b1d6",
    "admissions/migrations/0012_outcomes.py": "5c63594d8b43f218",
    "admissions/migrations/0013_versions_and_births.py": "5979afaa94356c41",
    "admissions/migrations/0014_demobilised.py": "d32688a1303fb1bb",
    "admissions/migrations/0015_corrections.py": "7a87ae7c89c4adf2",
    "admissions/migrations/0016_the_year.py": "534a07f916a8fb16",
    "admissions/migrations/0017_starting_rows_of_the_year.py": "1222435779f19d40",
    "admissions/migrations/0018_group_keys.py": "7638d3a629cd8d6b",
    "admissions/migrations/_starting_lists.py": "ad766f2cc5a6f8cb",
    "branches/migrations/0001_squashed_0002_the_desk.py": "80194ca0a721b289",
    "branches/migrations/0003_kinds.py": "bd31075b99b07fce",
    "branches/migrations/0004_sort_keys.py": "2693dc49d927582b",
    "branches/migrations/0005_reorganisation.py": "e4eead5ba49a3ad4",
    "branches/migrations/0006_units_of_today.py": "5cf772ad83141294",
    "oversight/migrations/0001_initial.py": "43f92fe1b1bd78d5",
    "oversight/migrations/0002_starting_rows.py": "3379f858f7993b94",
    "oversight/migrations/0003_record_corrections.py": "5f1ba5cf627e7d27",
    "reports/migrations/0001_squashed_0012_touched.py": "283ed6cac2baa785",
    "reports/migrations/0013_births.py": "6d0d8956a2f84ac6",
    "reports/migrations/0014_closed_movements.py": "1e1fffa0084d36da",
    "reports/migrations/0015_confirmations.py": "9280c5b26c99f578",
    "reports/migrations/0016_closed_year.py": "c3f8c081ef33cf0d",
}
"""The hash of every migration that landed: what a database has applied is never edited. Add the line of a new one."""


def test_a_migration_that_landed_is_never_edited():
    files = sorted(path for path in ROOT.glob("*/migrations/*.py") if path.name != "__init__.py")
    now = {path.relative_to(ROOT).as_posix(): sha256(path.read_bytes()).hexdigest()[:16] for path in files}
    assert now == LANDED


@pytest.mark.django_db
@pytest.mark.parametrize("last", [[], [("reports", "0013_models_by_their_names")]])
def test_a_database_with_all_former_migrations_applies_none_of_them_again(last):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app__in=[*FORMER, *APPS_SINCE]).delete()
    for app, names in FORMER.items():
        for name in names:
            recorder.record_applied(app, name)
    for key in last:
        recorder.record_applied(*key)
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert [migration for migration, _backwards in plan if migration.replaces] == []


@pytest.mark.django_db
def test_the_squashed_migrations_replace_exactly_the_former_ones():
    loader = MigrationExecutor(connection).loader
    for app, names in FORMER.items():
        replaced = [key for migration in _of(loader, app) for key in migration.replaces]
        assert replaced == [(app, name) for name in names]


def _of(loader, app):
    return [migration for (label, _name), migration in loader.disk_migrations.items() if label == app]


@pytest.mark.django_db
def test_a_day_that_bore_the_wrong_name_gets_the_right_one_and_a_name_of_ones_own_stays():
    law = import_module("admissions.migrations.0011_law")
    day = DayOff.objects.get(on=date(2025, 1, 27))
    assert day.name == "28 Tết", "a new database begins with the right name"
    forward = law.Migration.operations[0].code
    for name, becomes in (("29 Tết", "28 Tết"), ("Nghỉ Tết của huyện", "Nghỉ Tết của huyện")):
        DayOff.objects.filter(pk=day.pk).update(name=name)
        forward(apps, None)
        day.refresh_from_db()
        assert day.name == becomes
