"""The names that a Word template of the written report may use; the page of templates offers it beside the letters."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from admissions.letters import registry
from admissions.letters.kinds import HEAD

KEY = "report"
FOLDER = Path(__file__).parent / "templates"
LABELS = HEAD | {
    "signs_as": _("Chức vụ người ký, khi ký thay mặt"),
    "abstract": _("Trích yếu"),
    "opening": _("Câu mở đầu: kết quả, lũy kế, so với cùng kỳ"),
    "basis": _("Kỳ tính theo ngày nào"),
    "tables": _("Các bảng số liệu"),
    "difficulties": _("Khó khăn, hạn chế đã ghi"),
    "tasks": _("Nhiệm vụ kỳ tới đã ghi"),
    "foot": _("Lúc khóa số liệu và mã đối chiếu của quý đã khóa"),
}
"""What each placeholder holds, in words."""
WHOLE = ("tables", "difficulties", "tasks")
"""Those that stand for paragraphs and tables."""


def register_report_template():
    title = _("Báo cáo kết nạp, tệp Word (tệp PDF luôn theo mẫu gốc)")
    registry.register_template(registry.Replaceable(KEY, title, LABELS, FOLDER, WHOLE))
