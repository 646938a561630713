"""Who came home from military service; unknown of the admissions before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0013_versions_and_births'),
    ]

    operations = [
        migrations.AddField(
            model_name='candidate',
            name='demobilised',
            field=models.BooleanField(default=False, verbose_name='Bộ đội xuất ngũ'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='admitted_demobilised',
            field=models.BooleanField(editable=False, null=True, verbose_name='Bộ đội xuất ngũ'),
        ),
    ]
