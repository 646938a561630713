"""The database itself refuses to change or delete an event, whoever asks.

SQLite loses triggers when a later migration rebuilds the table: such a migration has to run `protect` again (a test
notices).
"""

from django.db import migrations

POSTGRESQL = [
    """CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$""",
    """CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE ON admissions_event
    FOR EACH ROW EXECUTE FUNCTION refuse_event_change()""",
]
SQLITE = [
    f"""CREATE TRIGGER events_are_append_only_{act} BEFORE {act} ON admissions_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
    for act in ("update", "delete")
]


def protect(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0002_reference_data")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
