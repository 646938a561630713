"""Rebuilding the table of dossiers loses SQLite's triggers, so they are made again."""

from django.db import migrations

from reports.closing.triggers import watch_admissions


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_squashed_0012_touched"),
        ("admissions", "0003_outcomes"),
    ]

    operations = [migrations.RunPython(watch_admissions, migrations.RunPython.noop)]
