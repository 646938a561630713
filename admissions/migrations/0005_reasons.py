from django.db import migrations

REASONS = {
    "give_back": (
        "Lý lịch thiếu dấu giáp lai của đảng ủy cơ sở",
        "Thiếu giấy tờ theo quy định",
        "Chưa có kết quả thẩm tra lý lịch",
        "Nghị quyết chi bộ ghi sai số đảng viên chính thức",
        "Thông tin giữa các giấy tờ không khớp",
    ),
    "hold": ("Chờ kết quả thẩm tra lý lịch", "Chờ kết luận về lịch sử chính trị hoặc chính trị hiện nay"),
    "refuse": ("Chưa đủ tiêu chuẩn chính trị", "Chưa đủ điều kiện theo Điều lệ Đảng"),
    "set_aside": ("Chờ kết quả thẩm tra", "Thiếu giấy tờ", "Chưa đủ số đảng viên dự họp"),
    "withdraw": ("Xin rút", "Chuyển đi nơi khác", "Không còn đủ tiêu chuẩn"),
    "extend": ("Phải thẩm tra thêm", "Ban Thường vụ chưa họp được"),
}


def add(apps, schema_editor):
    reason = apps.get_model("admissions", "Reason")
    reason.objects.bulk_create(reason(use=use, text=text) for use, texts in REASONS.items() for text in texts)


class Migration(migrations.Migration):
    dependencies = [("admissions", "0004_the_desk")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
