"""A ticked group that figures count bears a key: that of the young people before their military service."""

from django.db import migrations, models


def name_recruits(apps, schema_editor):
    groups = apps.get_model("admissions", "PriorityGroup").objects
    groups.filter(name="Sắp nhập ngũ", rule="").update(key="recruits")


class Migration(migrations.Migration):
    dependencies = [("admissions", "0017_starting_rows_of_the_year")]
    operations = [
        migrations.AddField(
            model_name="prioritygroup",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
        migrations.RunPython(name_recruits, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="prioritygroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("key",),
                name="group_of_a_key_once",
            ),
        ),
    ]
