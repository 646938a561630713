"""The triggers on dossiers and people again: SQLite loses them when a column is added."""

from django.db import migrations

from reports.closing.triggers import watch_admissions


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0005_forms"),
        ("reports", "0001_squashed_0012_touched"),
    ]

    operations = [migrations.RunPython(watch_admissions, migrations.RunPython.noop)]
