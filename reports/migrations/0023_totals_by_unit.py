"""A closed quarter keeps one row of numbers for a unit instead of one for each number: a twentieth of the rows.

What earlier closings kept is carried over, and the database's own triggers hold the new table as they held the old.
What had changed in closed quarters before the triggers of migration 0022 stood is found by comparing, this once.
"""

import django.db.models.deletion
from django.db import migrations, models

SAID = "closed quarters are append-only"


def carry_over(apps, schema_editor):
    found = {}
    for row in apps.get_model("reports", "Total").objects.order_by().iterator():
        own, others = found.setdefault((row.quarter_id, row.unit_id), ({}, {}))
        column = own if row.span == "quarter" else others.setdefault(row.span, {})
        column[row.measure] = row.number
    kept = apps.get_model("reports", "UnitTotals")
    rows = (
        kept(quarter_id=quarter, unit_id=unit, own=own, others=others)
        for (quarter, unit), (own, others) in found.items()
    )
    kept.objects.bulk_create(rows, batch_size=1000)


FACTS = [
    *(
        "decided_on",
        "ceremony_on",
        "admitted_branch_id",
        "admitted_commune_id",
        "admitted_rural",
        "admitted_sex",
    ),
    *("admitted_age", "admitted_minority", "admitted_religious", "admitted_youth", "admitted_owner"),
    *("admitted_policy_breach", "admitted_foreign_spouse", "admitted_again", "admitted_occupation"),
    *("admitted_education", "admitted_qualification", "admitted_title"),
]
DAYS = {"decision": "decided_on", "ceremony": "ceremony_on"}


def touch(apps, schema_editor):
    of = {name: apps.get_model("reports", name) for name in ("Quarter", "Entry", "Touched")}
    dossiers = apps.get_model("admissions", "Dossier").objects.filter(
        decided_on__isnull=False, annulled_on=None
    )
    found = set()
    for closing in of["Quarter"].objects.filter(reopened_at=None):
        day = DAYS[closing.counted_by]
        months = range(3 * closing.number - 2, 3 * closing.number + 1)
        live = dossiers.filter(**{f"{day}__year": closing.year, f"{day}__month__in": months})
        then = of["Entry"].objects.filter(quarter=closing).order_by().values_list("dossier", *FACTS)
        found |= {pk for pk, *_facts in {*then.iterator()} ^ {*live.order_by().values_list("pk", *FACTS)}}
    rows = (of["Touched"](dossier_id=pk) for pk in sorted(found))
    of["Touched"].objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER unittotals_stay BEFORE UPDATE OR DELETE ON reports_unittotals"
            " FOR EACH ROW EXECUTE FUNCTION refuse_closed_change()"
        )
        return
    for act in ("update", "delete"):
        schema_editor.execute(
            f"CREATE TRIGGER unittotals_stay_{act} BEFORE {act} ON reports_unittotals"
            f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0022_touched")]
    operations = [
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
                ("others", models.JSONField(default=dict)),
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
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Total"),
        migrations.RunPython(protect, migrations.RunPython.noop),
        migrations.RunPython(touch, migrations.RunPython.noop),
    ]
