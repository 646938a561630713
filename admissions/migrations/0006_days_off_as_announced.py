import json
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "days_off.json"


def add(apps, schema_editor):
    """The swapped days of 2011 to 2014, which an earlier list lacked; what an administrator has entered stays."""
    day_off = apps.get_model("admissions", "DayOff")
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    day_off.objects.bulk_create((day_off(**row) for row in rows), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0005_reasons")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
