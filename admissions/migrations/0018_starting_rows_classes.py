"""Reasons that are offered where a nomination for a class is not approved."""

from django.db import migrations

REASONS = (
    "Chi bộ chưa có nghị quyết cử học",
    "Đã có giấy chứng nhận còn giá trị",
    "Chưa có ý kiến của cha mẹ",
    "Chuyển đơn vị, chi bộ mới cử lại",
)


def add_reasons(apps, schema_editor):
    reason = apps.get_model("admissions", "Reason")
    for text in REASONS:
        reason.objects.get_or_create(use="class", text=text)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0017_classes")]
    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
