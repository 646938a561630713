"""The text under each quota becomes the document it names: one row for a number and its date."""

from django.db import migrations


def to_rows(apps, schema_editor):
    Quota, Basis = apps.get_model("reports", "Quota"), apps.get_model("reports", "Basis")
    for number, on in Quota.objects.values_list("basis_text", "basis_on").order_by().distinct():
        basis, _new = Basis.objects.get_or_create(number=number, on=on, issuer="")
        Quota.objects.filter(basis_text=number, basis_on=on).update(basis=basis)


def to_text(apps, schema_editor):
    Quota = apps.get_model("reports", "Quota")
    for quota in Quota.objects.exclude(basis=None).select_related("basis"):
        quota.basis_text, quota.basis_on = quota.basis.number, quota.basis.on
        quota.save(update_fields=["basis_text", "basis_on"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_quota_kinds")]
    operations = [migrations.RunPython(to_rows, to_text)]
