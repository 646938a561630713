"""The difficulties that branches may tick at first."""

from django.db import migrations

DIFFICULTIES = (
    "Thanh niên đi làm xa",
    "Quần chúng chưa muốn vào Đảng",
    "Ít người đủ tuổi, đủ học vấn",
    "Vướng chính sách dân số",
    "Đoàn thể chưa giới thiệu người",
    "Chi bộ thiếu đảng viên chính thức",
    "Chờ lớp nhận thức",
)
NOTHING = "Không có khó khăn"


def add_difficulties(apps, schema_editor):
    difficulty = apps.get_model("oversight", "Difficulty")
    for text in DIFFICULTIES:
        difficulty.objects.get_or_create(text=text)
    difficulty.objects.get_or_create(text=NOTHING, defaults={"nothing": True})


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]
    operations = [migrations.RunPython(add_difficulties, migrations.RunPython.noop)]
