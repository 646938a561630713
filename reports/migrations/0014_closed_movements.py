"""What a closing keeps of the movements of members, and the fact of who came home from military service."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0014_demobilised'),
        ('branches', '0001_squashed_0002_the_desk'),
        ('reports', '0013_births'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.PositiveIntegerField(null=True)),
                ('start', models.PositiveIntegerField()),
                ('arrived', models.PositiveIntegerField()),
                ('departed', models.PositiveIntegerField()),
                ('left', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('branch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.organisation')),
                ('closing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='reports.quarterclosing')),
            ],
            options={
                'verbose_name': 'tăng giảm đảng viên của quý đã khóa',
                'constraints': [models.UniqueConstraint(fields=('closing', 'branch'), name='closed_movement_once_a_branch')],
            },
        ),
        migrations.AddField(
            model_name='closedadmission',
            name='admitted_demobilised',
            field=models.BooleanField(editable=False, null=True, verbose_name='Bộ đội xuất ngũ'),
        ),
    ]
