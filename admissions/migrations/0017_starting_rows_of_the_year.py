"""The priority groups, and the reasons that are offered for what a year around admission brings."""

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
REASONS = {
    "helper": (
        "Chuyển sinh hoạt đi nơi khác",
        "Lý do sức khỏe",
        "Bận công tác, không theo dõi được",
        "Cùng chi ủy phân công lại",
    ),
    "class": (
        "Chi bộ chưa có nghị quyết cử học",
        "Đã có giấy chứng nhận còn giá trị",
        "Chưa có ý kiến của cha mẹ",
        "Chuyển đơn vị, chi bộ mới cử lại",
    ),
    # The derived reasons bear the same words (`reports.figures.delays`).
    "delay": (
        "Hồ sơ phải trả lại, bổ sung",
        "Nơi khác trả lời thẩm tra chậm",
        "Kỳ họp Ban Thường vụ lùi",
        "Đảng ủy cơ sở gửi muộn",
        "Ban Tổ chức thẩm định lâu",
    ),
}
"""{what a reason is used for: its texts}."""


def add_rows(apps, schema_editor):
    group, reason = (apps.get_model("admissions", name) for name in ("PriorityGroup", "Reason"))
    for place, (name, rule) in enumerate(GROUPS, start=1):
        group.objects.get_or_create(name=name, defaults={"rule": rule, "place": place})
    for use, texts in REASONS.items():
        for text in texts:
            reason.objects.get_or_create(use=use, text=text)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0016_the_year")]
    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
