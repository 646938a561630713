"""What was recorded wrong of a review or a visit, and put right."""

import django.db.models.deletion
import notation.dates
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0002_starting_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.JSONField(default=dict)),
                ('reason', models.CharField(max_length=300, verbose_name='Lý do')),
                ('at', models.DateTimeField(default=notation.dates.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='oversight.review')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='oversight.visit')),
            ],
            options={
                'verbose_name': 'việc sửa rà soát, buổi làm việc',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('review', None), ('visit__isnull', False)), models.Q(('review__isnull', False), ('visit', None)), _connector='OR'), name='a_correction_is_of_a_review_or_a_visit')],
            },
        ),
    ]
