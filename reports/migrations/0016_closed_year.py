"""What a closing keeps of the year around admission."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0017_starting_rows_of_the_year'),
        ('branches', '0004_sort_keys'),
        ('reports', '0015_confirmations'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64)),
                ('closing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='year_kept', to='reports.quarterclosing')),
            ],
            options={
                'verbose_name': 'công tác trong năm của quý đã khóa',
            },
        ),
        migrations.CreateModel(
            name='ClosedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step', 'bước của chuỗi'), ('return', 'lượt trả lại'), ('part', 'dòng của biểu 10, phần II'), ('before', 'dòng đó, cùng kỳ năm trước'), ('source', 'người trong danh sách'), ('aim', 'chỉ tiêu đứng trước nguồn'), ('difficulty', 'khó khăn chi bộ nêu'), ('review', 'rà soát của chi bộ')], max_length=10)),
                ('key', models.CharField(max_length=200)),
                ('number', models.PositiveIntegerField(default=1)),
                ('facts', models.JSONField(default=dict)),
                ('closing', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='reports.quarterclosing')),
                ('dossier', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='admissions.dossier')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.organisation')),
            ],
            options={
                'verbose_name': 'dòng của quý đã khóa',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['closing', 'kind'], name='closed_line_closing_kind')],
            },
        ),
    ]
