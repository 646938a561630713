from django.db import migrations

from reports.closing.triggers import watch_admissions


class Migration(migrations.Migration):
    """Watch what the register freezes since `admissions` 0002 of what a closed quarter's list prints."""

    dependencies = [
        ("admissions", "0002_correction"),
        ("reports", "0001_squashed_0012_touched"),
    ]

    operations = [migrations.RunPython(watch_admissions, migrations.RunPython.noop)]
