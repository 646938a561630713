"""The names that a Word template of the written report may use; the page of templates offers it beside the letters."""

from pathlib import Path

from django.utils.translation import gettext_lazy

from admissions.letters import registry
from admissions.letters.kinds import HEAD

KEY = "report"
FOLDER = Path(__file__).parent / "templates"
LABELS = HEAD | {
    "signs_as": gettext_lazy("Chức vụ người ký, khi ký thay mặt"),
    "abstract": gettext_lazy("Trích yếu"),
    "opening": gettext_lazy("Câu mở đầu: kết quả, lũy kế, so với cùng kỳ"),
    "basis": gettext_lazy("Kỳ tính theo ngày nào"),
    "tables": gettext_lazy("Các bảng số liệu"),
    "difficulties": gettext_lazy("Khó khăn, hạn chế đã ghi"),
    "tasks": gettext_lazy("Nhiệm vụ kỳ tới đã ghi"),
    "foot": gettext_lazy("Lúc khóa số liệu và mã đối chiếu của quý đã khóa"),
}
"""What each placeholder holds, in words."""
WHOLE = ("tables", "difficulties", "tasks")
"""Those that stand for paragraphs and tables."""


def register_report_template() -> None:
    title = gettext_lazy("Báo cáo kết nạp, tệp Word (tệp PDF luôn theo mẫu gốc)")
    registry.register_template(registry.Replaceable(KEY, title, LABELS, FOLDER, WHOLE))
