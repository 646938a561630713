"""Reasons of a late decision; the derived ones bear the same words (`reports.figures.delays`)."""

from django.db import migrations

REASONS = (
    "Hồ sơ phải trả lại, bổ sung",
    "Nơi khác trả lời thẩm tra chậm",
    "Kỳ họp Ban Thường vụ lùi",
    "Đảng ủy cơ sở gửi muộn",
    "Ban Tổ chức thẩm định lâu",
)


def add_reasons(apps, schema_editor):
    reason = apps.get_model("admissions", "Reason")
    for text in REASONS:
        reason.objects.get_or_create(use="delay", text=text)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0016_sources")]
    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
