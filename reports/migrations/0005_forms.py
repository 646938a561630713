"""To what a date of birth in a closed quarter is known; and the triggers again, which SQLite loses with a new column."""

from django.db import migrations, models

from reports.closing.triggers import protect_closings, watch_admissions


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0005_forms"),
        ("reports", "0001_squashed_0012_touched"),
    ]

    operations = [
        migrations.AddField(
            "closedadmission",
            "born_precision",
            models.CharField(default="day", max_length=5, verbose_name="Biết ngày sinh đến"),
        ),
        migrations.RunPython(protect_closings, migrations.RunPython.noop),
        migrations.RunPython(watch_admissions, migrations.RunPython.noop),
    ]
