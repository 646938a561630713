"""A name is found by all of it, or by what it holds; nothing asks for LIKE 'x%', which had an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("admissions", "0008_templates_are_kept")]

    operations = [
        migrations.AlterField("candidate", "search_name", models.CharField(editable=False, max_length=120)),
        migrations.AlterField("candidate", "sort_key", models.CharField(editable=False, max_length=700)),
        migrations.AddIndex("candidate", models.Index(fields=["search_name"], name="candidate_search_name")),
        migrations.AddIndex("candidate", models.Index(fields=["sort_key"], name="candidate_sort_key")),
    ]
