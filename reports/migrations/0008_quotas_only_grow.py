"""What the text said is in the rows now; from here on the database holds every quota to its kind and its chain."""

from django.db import migrations, models
from django.db.models import F, Q

CELL = {"fields": ("unit", "measure", "first", "last", "state")}
FIRST = Q(revises=None, state__in=("proposed", "assigned"))
EMPTY = {
    "number": Q(high__isnull=True, rate__isnull=True, membership__isnull=True, number__isnull=False),
    "range": Q(high__isnull=False, rate__isnull=True, membership__isnull=True, number__isnull=False),
    "rate": Q(high__isnull=True, rate__isnull=False, membership__isnull=False, number__isnull=True),
    "share": Q(high__isnull=True, rate__isnull=False, membership__isnull=True, number__isnull=True),
}
SHAPES = (
    (Q(kind__in=("number", "average")) & EMPTY["number"])
    | (Q(kind__in=("range",)) & EMPTY["range"] & Q(high__gte=F("number")))
    | (Q(kind__in=("rate",)) & EMPTY["rate"])
    | (Q(kind__in=("share",)) & EMPTY["share"] & Q(rate__lte=100))
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_quota_bases")]

    operations = [
        migrations.RemoveConstraint("quota", "quota_once"),
        migrations.RemoveField("quota", "basis_text"),
        migrations.RemoveField("quota", "basis_on"),
        migrations.AddConstraint(
            "quota",
            models.UniqueConstraint(**CELL, condition=FIRST & ~Q(kind="share"), name="one_chain_of_heads_a_cell"),
        ),
        migrations.AddConstraint(
            "quota",
            models.UniqueConstraint(**CELL, condition=FIRST & Q(kind="share"), name="one_chain_of_shares_a_cell"),
        ),
        migrations.AddConstraint(
            "quota", models.CheckConstraint(condition=SHAPES, name="quota_says_what_its_kind_needs")
        ),
        migrations.AddConstraint(
            "quota",
            models.CheckConstraint(
                condition=Q(basis__isnull=False) | ~Q(state="assigned"), name="quota_assigned_on_a_basis"
            ),
        ),
        migrations.AddConstraint(
            "quota",
            models.CheckConstraint(
                condition=(Q(answers__isnull=False) & ~Q(reason="")) | ~Q(state="declined"),
                name="quota_declined_for_a_reason",
            ),
        ),
    ]
