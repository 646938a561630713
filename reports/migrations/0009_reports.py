import notation.dates
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def finished_when_made(apps, schema_editor):
    """Files made before this keep their week from the moment they were asked for."""
    jobs = apps.get_model("reports", "Job")
    jobs.objects.filter(state="done", finished_at=None).update(finished_at=models.F("made_at"))
    jobs.objects.filter(state__in=("waiting", "running")).update(state="failed")


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0002_the_desk"),
        ("reports", "0008_quotas_only_grow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MembershipMovement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                ("start", models.PositiveIntegerField(verbose_name="Đầu quý")),
                ("arrived", models.PositiveIntegerField(default=0, verbose_name="Chuyển đến")),
                ("departed", models.PositiveIntegerField(default=0, verbose_name="Chuyển đi")),
                ("left", models.PositiveIntegerField(default=0, verbose_name="Ra khỏi Đảng")),
                ("end", models.PositiveIntegerField(verbose_name="Cuối quý")),
                ("at", models.DateTimeField(default=notation.dates.now)),
            ],
            options={
                "verbose_name": "tăng giảm đảng viên",
                "ordering": ["year", "quarter", "branch"],
            },
        ),
        migrations.CreateModel(
            name="ReportText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=40)),
                (
                    "difficulties",
                    models.TextField(blank=True, max_length=5000, verbose_name="Khó khăn, hạn chế"),
                ),
                ("tasks", models.TextField(blank=True, max_length=5000, verbose_name="Nhiệm vụ kỳ tới")),
                ("at", models.DateTimeField(default=notation.dates.now)),
            ],
            options={
                "verbose_name": "lời báo cáo",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="job",
            name="attempt",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="job",
            name="finished_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="job",
            name="format",
            field=models.CharField(
                choices=[("xlsx", "Excel"), ("docx", "Word"), ("pdf", "PDF"), ("csv", "CSV")],
                default="xlsx",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="heartbeat",
            field=models.DateTimeField(default=notation.dates.now),
        ),
        migrations.AddField(
            model_name="job",
            name="params",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="job",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Đang chờ"),
                    ("running", "Đang lập"),
                    ("done", "Đã xong"),
                    ("failed", "Không lập được"),
                    ("cancelled", "Đã hủy"),
                    ("expired", "Đã hết hạn giữ"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.RunPython(finished_when_made, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("made_by", "unit", "period", "format", "params"),
                name="one_pending_job_a_request",
            ),
        ),
        migrations.AddField(
            model_name="membershipmovement",
            name="branch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="movements",
                to="branches.organisation",
            ),
        ),
        migrations.AddField(
            model_name="membershipmovement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reporttext",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reporttext",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="report_texts",
                to="branches.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="membershipmovement",
            constraint=models.UniqueConstraint(
                fields=("branch", "year", "quarter"), name="movement_once_a_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="membershipmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__range", (1, 4))), name="movement_in_a_quarter"
            ),
        ),
        migrations.AddIndex(
            model_name="reporttext",
            index=models.Index(fields=["unit", "period"], name="text_of_a_report"),
        ),
    ]
