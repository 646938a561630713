"""A database that had every migration before the squash is up to date, and none is left out."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

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


@pytest.mark.django_db
@pytest.mark.parametrize("last", [[], [("reports", "0013_models_by_their_names")]])
def test_a_database_with_all_former_migrations_has_nothing_to_apply(last):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app__in=FORMER).delete()
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
