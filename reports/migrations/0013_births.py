"""To what a date of birth in a closed quarter is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0013_versions_and_births"),
        ("reports", "0001_squashed_0012_touched"),
    ]

    operations = [
        migrations.AddField(
            "closedadmission",
            "born_precision",
            models.CharField(default="day", max_length=5, verbose_name="Biết ngày sinh đến"),
        ),
    ]
