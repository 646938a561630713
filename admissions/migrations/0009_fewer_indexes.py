"""Indexes that nothing asks for: of names by their beginning, of what another index begins with, of values that nearly
every row has."""

import django.db.models.deletion
from django.db import migrations, models


def _key(to, name=None, **options):
    facts = {"on_delete": django.db.models.deletion.PROTECT, "db_index": False, "related_name": name}
    return models.ForeignKey(to=to, **facts, **options)


UNIT = "branches.organisation"


class Migration(migrations.Migration):
    dependencies = [("admissions", "0008_templates_are_kept")]

    operations = [
        migrations.AlterField("candidate", "search_name", models.CharField(editable=False, max_length=120)),
        migrations.AlterField("candidate", "sort_key", models.CharField(editable=False, max_length=700)),
        migrations.AddIndex("candidate", models.Index(fields=["search_name"], name="candidate_search_name")),
        migrations.AddIndex("candidate", models.Index(fields=["sort_key"], name="candidate_sort_key")),
        migrations.AlterField("candidate", "ethnicity", _key("admissions.ethnicity", verbose_name="Dân tộc")),
        migrations.AlterField("candidate", "religion", _key("admissions.religion", verbose_name="Tôn giáo")),
        migrations.AlterField(
            "dossier", "admitted_commune", _key(UNIT, "+", null=True, editable=False)
        ),
        migrations.AlterField("dossier", "branch", _key(UNIT, "dossiers", verbose_name="Chi bộ theo dõi")),
        migrations.AlterField("dossier", "commune", _key(UNIT, "commune_dossiers", editable=False)),
        migrations.AlterField(
            "dossier", "previous", _key("admissions.dossier", "later", null=True, editable=False)
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["previous"], condition=models.Q(previous__isnull=False), name="dossier_previous"
            ),
        ),
    ]
