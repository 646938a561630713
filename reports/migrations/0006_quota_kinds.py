"""The five kinds of quota with their bases, proposals and revisions, beside the columns they replace."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notation.dates

NULL = {"null": True}
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0002_the_desk"),
        ("reports", "0005_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=200, verbose_name="Số, ký hiệu")),
                ("on", models.DateField(verbose_name="Ngày của văn bản")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="Trích yếu")),
                ("issuer", models.CharField(blank=True, max_length=160, verbose_name="Nơi ban hành")),
            ],
            options={
                "verbose_name": "căn cứ giao",
                "ordering": ["-on", "number"],
                "constraints": [models.UniqueConstraint(fields=("number", "on", "issuer"), name="basis_once")],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="Tại ngày")),
                ("number", models.PositiveIntegerField(verbose_name="Số đảng viên")),
                ("at", models.DateTimeField(default=notation.dates.now)),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **NULL)),
                (
                    "unit",
                    models.ForeignKey(on_delete=PROTECT, related_name="memberships", to="branches.organisation"),
                ),
            ],
            options={
                "verbose_name": "số đảng viên",
                "ordering": ["-on"],
                "constraints": [models.UniqueConstraint(fields=("unit", "on"), name="membership_once_a_day")],
            },
        ),
        migrations.RenameField("quota", "basis", "basis_text"),
        # Nullable, so that the way back finds room for the rows that stand until 0003 has filled them.
        migrations.AlterField("quota", "basis_text", models.CharField(max_length=200, null=True)),
        migrations.AlterField("quota", "basis_on", models.DateField(null=True)),
        migrations.AddField(
            "quota", "basis", models.ForeignKey(on_delete=PROTECT, related_name="quotas", to="reports.basis", **NULL)
        ),
        migrations.AlterField("quota", "measure", models.CharField(default="admitted", max_length=40)),
        migrations.AlterField("quota", "number", models.PositiveIntegerField(null=True, verbose_name="Chỉ tiêu")),
        migrations.AddField(
            "quota",
            "kind",
            models.CharField(
                choices=[
                    ("number", "số đảng viên của kỳ"),
                    ("rate", "tỷ lệ trên số đảng viên"),
                    ("average", "bình quân mỗi năm của nhiệm kỳ"),
                    ("range", "khoảng từ – đến"),
                    ("share", "tỷ lệ chi bộ có kết nạp"),
                ],
                default="number",
                max_length=8,
                verbose_name="Cách giao",
            ),
        ),
        migrations.AddField("quota", "high", models.PositiveIntegerField(null=True, verbose_name="Đến")),
        migrations.AddField(
            "quota", "rate", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="Tỷ lệ %")
        ),
        migrations.AddField(
            "quota",
            "membership",
            models.ForeignKey(on_delete=PROTECT, related_name="quotas", to="reports.membership", **NULL),
        ),
        migrations.AddField(
            "quota",
            "state",
            models.CharField(
                choices=[
                    ("proposed", "đề nghị"),
                    ("assigned", "đã giao"),
                    ("declined", "không nhận đề nghị"),
                ],
                default="assigned",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "quota", "reason", models.CharField(blank=True, default="", max_length=300, verbose_name="Lý do"),
            preserve_default=False,
        ),
        migrations.AddField(
            "quota",
            "revises",
            models.OneToOneField(on_delete=PROTECT, related_name="revision", to="reports.quota", **NULL),
        ),
        migrations.AddField(
            "quota",
            "answers",
            models.OneToOneField(on_delete=PROTECT, related_name="answer", to="reports.quota", **NULL),
        ),
        migrations.AddField(
            "quota",
            "by",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **NULL),
        ),
        migrations.AddField("quota", "at", models.DateTimeField(default=notation.dates.now)),
        migrations.AlterModelOptions("quota", {"ordering": ["pk"], "verbose_name": "chỉ tiêu"}),
    ]
