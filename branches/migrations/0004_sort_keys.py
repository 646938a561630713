"""The keys to search and sort units by, as `notation.vietnamese` writes them now."""

from django.db import migrations

from notation.vietnamese import fold, sort_key


def write_keys(apps, schema_editor):
    model = apps.get_model("branches", "Organisation")
    rows = list(model.objects.all())
    for row in rows:
        row.search_name, row.sort_key = fold(row.name), sort_key(row.name)
    model.objects.bulk_update(rows, ["search_name", "sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("branches", "0003_kinds")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
