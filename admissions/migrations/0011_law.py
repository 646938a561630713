"""27/01/2025 is the 28th of the last lunar month, which had 29 days: its label said 29."""

from datetime import date

from django.db import migrations


def rename(was, becomes):
    def change(apps, schema_editor):
        rows = apps.get_model("admissions", "DayOff").objects.filter(on=date(2025, 1, 27), name=was)
        rows.update(name=becomes)

    return change


class Migration(migrations.Migration):
    dependencies = [("admissions", "0010_sent_again")]

    operations = [migrations.RunPython(rename("29 Tết", "28 Tết"), rename("28 Tết", "29 Tết"))]
