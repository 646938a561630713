"""The lists that every installation starts from: ethnic groups, religions, days off."""

import json
from pathlib import Path

from django.db import migrations

from notation.vietnamese import sort_key

DATA = Path(__file__).resolve().parent.parent / "data"


def load(apps, schema_editor):
    def rows(name):
        return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))

    models = {name: apps.get_model("admissions", name) for name in ("Ethnicity", "Religion", "DayOff")}
    models["Ethnicity"].objects.bulk_create(
        models["Ethnicity"](code=f"{n:02d}", name=name, minority=name not in ("Kinh", "Người nước ngoài"), sort_key=sort_key(name))
        for n, name in enumerate(rows("ethnicities"), start=1)
    )
    models["Religion"].objects.bulk_create(
        models["Religion"](code=f"{n:02d}", name=name, follower=n > 0, sort_key=sort_key(name))
        for n, name in enumerate(rows("religions"))
    )
    models["DayOff"].objects.bulk_create(models["DayOff"](**row) for row in rows("days_off"))


class Migration(migrations.Migration):
    dependencies = [("admissions", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
