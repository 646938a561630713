"""Closed quarters, and the triggers by which the database itself refuses to change or delete one, whoever asks.

SQLite loses triggers when a later migration rebuilds a table: such a migration has to run `protect` again (a test
notices).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import notation.dates

FIXED = (
    *("year", "number", "closed_at", "closed_by_id", "counted_by"),
    *("begun_on", "parts", "adjusted"),
)
"""What a closing keeps; only its fingerprint comes a moment later, and what a reopening adds, once."""

JSON = ("parts", "adjusted")


def _differs(column, unlike):
    old, new = (f"CAST({row}.{column} AS text)" if column in JSON else f"{row}.{column}" for row in ("OLD", "NEW"))
    return f"{new} {unlike} {old}"


def _moved(unlike):
    """A condition: the row changes in something it keeps."""
    changed = " OR ".join(_differs(column, unlike) for column in FIXED)
    fingerprint = f"OLD.fingerprint <> '' AND NEW.fingerprint {unlike} OLD.fingerprint"
    return f"OLD.reopened_at IS NOT NULL OR {changed} OR ({fingerprint})"


SAID = "closed quarters are append-only"
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_closed_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$""",
    f"""CREATE TRIGGER closings_stay BEFORE UPDATE ON reports_quarter FOR EACH ROW
    WHEN ({_moved("IS DISTINCT FROM")}) EXECUTE FUNCTION refuse_closed_change()""",
    """CREATE TRIGGER closings_are_kept BEFORE DELETE ON reports_quarter
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_change()""",
    *(
        f"""CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON reports_{table}
        FOR EACH ROW EXECUTE FUNCTION refuse_closed_change()"""
        for table in ("entry", "unittotals")
    ),
]
SQLITE = [
    f"""CREATE TRIGGER closings_stay BEFORE UPDATE ON reports_quarter WHEN {_moved("IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
    f"""CREATE TRIGGER closings_are_kept BEFORE DELETE ON reports_quarter
    BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
    *(
        f"""CREATE TRIGGER {table}_stay_{act} BEFORE {act} ON reports_{table}
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END"""
        for table in ("entry", "unittotals")
        for act in ("update", "delete")
    ),
]


def protect(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0007_how_far_back_the_register_goes"),
        ("branches", "0002_the_desk"),
        ("reports", "0009_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Quarter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField(default=notation.dates.now)),
                ("counted_by", models.CharField(max_length=8)),
                ("fingerprint", models.CharField(blank=True, db_index=True, max_length=64)),
                ("begun_on", models.DateField(null=True)),
                ("parts", models.JSONField(default=dict)),
                ("adjusted", models.JSONField(default=list)),
                ("reopen_reason", models.CharField(blank=True, max_length=300, verbose_name="Lý do mở lại")),
                ("reopen_asked_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reopen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reopen_second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "quý đã khóa",
                "ordering": ["year", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(editable=False, null=True, verbose_name="Ngày ký quyết định kết nạp"),
                ),
                ("ceremony_on", models.DateField(editable=False, null=True, verbose_name="Ngày lễ kết nạp")),
                ("admitted_rural", models.BooleanField(editable=False, null=True)),
                (
                    "admitted_sex",
                    models.CharField(
                        choices=[("male", "Nam"), ("female", "Nữ")], editable=False, max_length=6, null=True
                    ),
                ),
                ("admitted_age", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("admitted_minority", models.BooleanField(editable=False, null=True)),
                ("admitted_religious", models.BooleanField(editable=False, null=True)),
                ("admitted_youth", models.BooleanField(editable=False, null=True)),
                ("admitted_owner", models.BooleanField(editable=False, null=True)),
                ("admitted_policy_breach", models.BooleanField(editable=False, null=True)),
                ("admitted_foreign_spouse", models.BooleanField(editable=False, null=True)),
                ("admitted_again", models.BooleanField(editable=False, null=True)),
                (
                    "admitted_occupation",
                    models.CharField(
                        choices=[
                            ("state_official", "Cán bộ, công chức cơ quan Nhà nước cấp huyện trở lên"),
                            ("party_official", "Cán bộ, công chức cơ quan Đảng, đoàn thể cấp huyện trở lên"),
                            ("commune_official", "Cán bộ, công chức, không chuyên trách cấp xã"),
                            ("village_worker", "Không chuyên trách ở thôn, tổ dân phố"),
                            ("public_employee", "Viên chức đơn vị sự nghiệp công lập"),
                            ("private_employee", "Lao động đơn vị sự nghiệp ngoài công lập"),
                            ("enterprise_manager", "Lãnh đạo, quản lý doanh nghiệp"),
                            ("enterprise_staff", "Nhân viên gián tiếp trong doanh nghiệp"),
                            ("enterprise_worker", "Công nhân, lao động trực tiếp trong doanh nghiệp"),
                            ("farmer", "Nông, lâm, ngư nghiệp"),
                            ("armed_forces", "Lực lượng vũ trang"),
                            ("student", "Sinh viên"),
                            ("pupil", "Học sinh"),
                            ("other", "Nghề nghiệp khác"),
                        ],
                        editable=False,
                        max_length=20,
                        null=True,
                    ),
                ),
                (
                    "admitted_education",
                    models.CharField(
                        choices=[
                            ("literate", "Biết đọc, biết viết"),
                            ("primary", "Tiểu học"),
                            ("lower_secondary", "THCS"),
                            ("upper_secondary", "THPT"),
                        ],
                        editable=False,
                        max_length=16,
                        null=True,
                    ),
                ),
                (
                    "admitted_qualification",
                    models.CharField(
                        choices=[
                            ("none", "Chưa qua đào tạo"),
                            ("elementary", "Công nhân kỹ thuật, sơ cấp"),
                            ("intermediate", "Trung cấp"),
                            ("college", "Cao đẳng"),
                            ("bachelor", "Đại học"),
                            ("master", "Thạc sĩ"),
                            ("doctor", "Tiến sĩ"),
                        ],
                        editable=False,
                        max_length=16,
                        null=True,
                    ),
                ),
                (
                    "admitted_title",
                    models.CharField(
                        choices=[("none", "Không"), ("associate", "Phó giáo sư"), ("professor", "Giáo sư")],
                        editable=False,
                        max_length=12,
                        null=True,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("decision_number", models.CharField(max_length=40)),
                ("full_name", models.CharField(max_length=120)),
                ("sort_key", models.CharField(max_length=700)),
                ("born_on", models.DateField()),
                ("ethnicity", models.CharField(max_length=60)),
                ("religion", models.CharField(max_length=80)),
                (
                    "admitted_branch",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organisation",
                    ),
                ),
                (
                    "admitted_commune",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organisation",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="admissions.dossier",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reports.quarter",
                    ),
                ),
            ],
            options={
                "verbose_name": "đảng viên của quý đã khóa",
                "ordering": ["year", "serial"],
            },
        ),
        migrations.CreateModel(
            name="UnitTotals",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("own", models.JSONField(default=dict)),
                ("beside", models.JSONField(default=dict)),
                ("below", models.JSONField(default=list)),
                (
                    "quarter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="totals",
                        to="reports.quarter",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "số liệu của quý đã khóa",
                "constraints": [
                    models.UniqueConstraint(fields=("quarter", "unit"), name="totals_once_a_unit")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="quarter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_at", None)),
                fields=("year", "number"),
                name="one_valid_closing_a_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reopened_at", None),
                    models.Q(
                        models.Q(("reopen_reason", ""), _negated=True),
                        ("reopen_by__isnull", False),
                        ("reopen_second__isnull", False),
                        models.Q(("reopen_by", models.F("reopen_second")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reopening_takes_two_and_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("quarter", "dossier"), name="entry_once_a_closing"),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
