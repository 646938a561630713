"""Versions that count changes alone, births as far as they are known, the person of a dossier that ended."""

import django.core.serializers.json
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

import notation.dates
from notation.vietnamese import fold, name_key, sort_key


def count_events(apps, schema_editor):
    """Until now the version counted every event."""
    apps.get_model("admissions", "Dossier").objects.update(event_count=F("version"))


def write_keys(apps, schema_editor):
    """The keys to search and sort by, as `notation.vietnamese` writes them now; names stay as they were written."""
    people = apps.get_model("admissions", "Candidate")
    rows = []
    for row in people.objects.only("pk", "full_name").iterator(chunk_size=2000):
        row.search_name, row.sort_key = fold(row.full_name), name_key(row.full_name)
        rows.append(row)
    people.objects.bulk_update(rows, ["search_name", "sort_key"], batch_size=500)
    for name in ("Ethnicity", "Religion"):
        model = apps.get_model("admissions", name)
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(sort_key=sort_key(row.name))


class Migration(migrations.Migration):
    dependencies = [("admissions", "0012_outcomes")]

    operations = [
        migrations.AddField(
            "candidate", "version", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "candidate",
            "born_precision",
            models.CharField(
                choices=[("day", "ngày"), ("month", "tháng"), ("year", "năm")],
                default="day",
                editable=False,
                max_length=5,
                verbose_name="Biết ngày sinh đến",
            ),
        ),
        migrations.AddField(
            "dossier", "event_count", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "dossier",
            "person_was",
            models.JSONField(
                editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
            ),
        ),
        migrations.CreateModel(
            name="DifferentPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=notation.dates.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="admissions.candidate"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="admissions.candidate"
                    ),
                ),
            ],
            options={
                "verbose_name": "hai người khác nhau",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="told_apart_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="told_apart_in_order"
                    ),
                ],
            },
        ),
        migrations.RunPython(count_events, migrations.RunPython.noop),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
