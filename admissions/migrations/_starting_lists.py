"""The lists that every installation starts from: ethnic groups, religions, days off, reasons."""

import json
from pathlib import Path

from notation.vietnamese import sort_key

DATA = Path(__file__).resolve().parent.parent / "data"

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
"""{what a reason is used for: its texts}."""


def load_starting_lists(apps, schema_editor):
    ethnicity, religion, day_off, reason = (
        apps.get_model("admissions", name) for name in ("Ethnicity", "Religion", "DayOff", "Reason")
    )
    ethnicity.objects.bulk_create(
        ethnicity(
            code=f"{n:02d}",
            name=name,
            minority=name not in ("Kinh", "Người nước ngoài"),
            sort_key=sort_key(name),
        )
        for n, name in enumerate(_rows("ethnicities"), start=1)
    )
    religion.objects.bulk_create(
        religion(code=f"{n:02d}", name=name, follower=n > 0, sort_key=sort_key(name))
        for n, name in enumerate(_rows("religions"))
    )
    day_off.objects.bulk_create(day_off(**row) for row in _rows("days_off"))
    reason.objects.bulk_create(reason(use=use, text=text) for use, texts in REASONS.items() for text in texts)


def _rows(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
