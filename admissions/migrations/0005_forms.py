"""Versions that count changes alone, the person of a dossier that ended, and events in one chain."""

import django.core.serializers.json
from django.db import migrations, models
from django.db.models import F

from admissions.models.append_only import chain_events


def count_events(apps, schema_editor):
    """Until now the version counted every event."""
    apps.get_model("admissions", "Dossier").objects.update(event_count=F("version"))


class Migration(migrations.Migration):
    dependencies = [("admissions", "0001_squashed_0009_fewer_indexes")]

    operations = [
        migrations.AddField(
            "candidate", "version", models.PositiveIntegerField(default=0, editable=False)
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
        migrations.RunPython(count_events, migrations.RunPython.noop),
        migrations.RunPython(chain_events, migrations.RunPython.noop),
    ]
