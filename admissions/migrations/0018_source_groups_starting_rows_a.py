"""The priority groups that every installation starts from."""

from django.db import migrations

GROUPS = (
    ("Sản xuất", "producer"),
    ("Thanh niên", "youth"),
    ("Phụ nữ", "women"),
    ("Xuất ngũ", "demobilised"),
    ("Học sinh, sinh viên", "learner"),
    ("Cán bộ, công chức", "official"),
    ("Viên chức", "public_staff"),
    ("Công nhân, lao động", "worker"),
    ("Có đạo", "religious"),
    ("Dân tộc thiểu số", "minority"),
    ("Sắp nhập ngũ", ""),
    ("Trưởng thôn, tổ trưởng", ""),
)


def add_groups(apps, schema_editor):
    group = apps.get_model("admissions", "PriorityGroup")
    for place, (name, rule) in enumerate(GROUPS, start=1):
        group.objects.get_or_create(name=name, defaults={"rule": rule, "place": place})


class Migration(migrations.Migration):
    dependencies = [("admissions", "0017_priority_groups")]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
