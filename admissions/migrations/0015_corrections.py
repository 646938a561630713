"""Corrections, what each event changed, letters made, and what lists print of a person as it was decided."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import notation.dates


def freeze_what_is_printed(apps, schema_editor):
    """Those admitted already were printed as the register has them now."""
    dossiers = apps.get_model("admissions", "Dossier").objects.filter(decided_on__isnull=False)
    person = apps.get_model("admissions", "Candidate").objects.filter(pk=OuterRef("candidate"))
    dossiers.update(
        admitted_born_on=Subquery(person.values("born_on")),
        admitted_ethnicity=Subquery(person.values("ethnicity")),
        admitted_religion=Subquery(person.values("religion")),
    )


def user_key(**kwargs):
    return models.ForeignKey(
        on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **kwargs
    )


def frozen_key(to, label):
    return models.ForeignKey(
        db_index=False,
        editable=False,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        to=to,
        verbose_name=label,
    )


STATES = [
    ("waiting", "Đang chờ"),
    ("agreed", "Đã đồng ý"),
    ("declined", "Đã trả lại"),
    ("withdrawn", "Đã rút"),
]
PRINTED = ("admitted_born_on", "admitted_ethnicity", "admitted_religion")


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0014_demobilised"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "dossier",
            "admitted_born_on",
            models.DateField(editable=False, null=True, verbose_name="Ngày sinh"),
        ),
        migrations.AddField("dossier", "admitted_ethnicity", frozen_key("admissions.ethnicity", "Dân tộc")),
        migrations.AddField("dossier", "admitted_religion", frozen_key("admissions.religion", "Tôn giáo")),
        migrations.RunPython(freeze_what_is_printed, migrations.RunPython.noop),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=models.Q(*((f"{name}__isnull", True) for name in ("decided_on", *PRINTED)))
                | models.Q(*((f"{name}__isnull", False) for name in ("decided_on", *PRINTED))),
                name="printed_facts_all_or_none",
            ),
        ),
        migrations.AddField("event", "changes", models.JSONField(default=dict, encoder=DjangoJSONEncoder)),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(action__in=["correct", "take_back"]),
                fields=["dossier"],
                name="event_corrections",
            ),
        ),
        migrations.CreateModel(
            name="MadeLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="Văn bản")),
                ("at", models.DateTimeField(default=notation.dates.now)),
                ("values", models.JSONField()),
                ("by", user_key()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="made_letters", to="admissions.dossier"
                    ),
                ),
            ],
            options={"verbose_name": "văn bản đã lập", "ordering": ["-at", "-pk"]},
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changes", models.JSONField(encoder=DjangoJSONEncoder)),
                ("reason", models.CharField(max_length=500, verbose_name="Lý do sửa")),
                ("version", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField(default=notation.dates.now)),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="Lý do trả lại")),
                ("answered_by", user_key(null=True)),
                ("asked_by", user_key()),
                ("named", user_key(null=True, verbose_name="Người đồng ý")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="corrections", to="admissions.dossier"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="+", to="admissions.event"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="corrections",
                        to="admissions.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc sửa",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(state="waiting"),
                        fields=("dossier",),
                        name="one_correction_waits_a_dossier",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="agreed")
                        | models.Q(answered_by__isnull=False, event__isnull=False)
                        & ~models.Q(answered_by=models.F("asked_by")),
                        name="an_agreed_correction_took_two",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="a_correction_has_a_reason"
                    ),
                ],
            },
        ),
    ]
