"""A dossier's events in sentences, for people who were not there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Candidate, Dossier

SENTENCES = {
    "enter": gettext_lazy("%(by)s ghi vào danh sách cảm tình Đảng."),
    "edit": gettext_lazy("%(by)s sửa %(fields)s."),
    "papers": gettext_lazy("%(by)s ghi giấy tờ (%(n)d loại)."),
    "reveal": gettext_lazy("%(by)s mở xem số CMND hoặc định danh."),
    "apply": gettext_lazy("%(by)s ghi đơn xin vào Đảng."),
    "branch_agrees": gettext_lazy(
        "Chi bộ ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s đồng ý."
    ),
    "branch_declines": gettext_lazy("Chi bộ xét không đủ hai phần ba, %(agree)s trên %(members)s đồng ý."),
    "base_agrees": gettext_lazy(
        "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s tán thành."
    ),
    "base_declines": gettext_lazy("Đảng ủy cơ sở không đề nghị, %(agree)s trên %(members)s tán thành."),
    "receive": gettext_lazy("Ban Tổ chức nhận hồ sơ."),
    "put_forward": gettext_lazy("%(by)s trình Ban Thường vụ, đề nghị kết nạp."),
    "give_back": gettext_lazy("%(by)s trả lại hồ sơ: “%(reason)s”."),
    "hold": gettext_lazy("%(by)s để lại, chờ thẩm tra: “%(reason)s”."),
    "ask": gettext_lazy("%(by)s xin ý kiến Ban Thường vụ: “%(reason)s”."),
    "resume": gettext_lazy("%(by)s thẩm định tiếp."),
    "extend": gettext_lazy("Gia hạn thêm %(days)s ngày làm việc: “%(reason)s”."),
    "decide": gettext_lazy("Ban Thường vụ ký quyết định kết nạp %(number)s."),
    "refuse": gettext_lazy("Không kết nạp: “%(reason)s”."),
    "hand_over": gettext_lazy("Chi bộ nhận quyết định kết nạp."),
    "ceremony": gettext_lazy("Chi bộ tổ chức lễ kết nạp."),
    "conversion_agreed": gettext_lazy(
        "Chi bộ công nhận chính thức, %(agree)s trên %(members)s đồng ý (%(number)s)."
    ),
    "conversion_failed": gettext_lazy("Chi bộ chưa công nhận chính thức, %(agree)s trên %(members)s đồng ý."),
    "conversion_proposed": gettext_lazy(
        "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị công nhận chính thức, %(agree)s trên %(members)s tán thành."
    ),
    "set_aside": gettext_lazy("Cuộc họp để lại: “%(reason)s”."),
    "refer": gettext_lazy("Cuộc họp xin ý kiến cấp trên: “%(reason)s”."),
    "move": gettext_lazy("%(by)s chuyển hồ sơ sang %(branch)s; người giúp đỡ mới: %(helper)s."),
    "leave": gettext_lazy("Không còn là đảng viên, quyết định %(number)s: “%(reason)s”."),
    "letter": gettext_lazy("%(by)s soạn văn bản %(title)s."),
    "remind": gettext_lazy("Đã gửi thư nhắc hạn %(due)s cho %(by)s."),
    "convert": gettext_lazy("Quyết định công nhận đảng viên chính thức %(number)s."),
    "withdraw": gettext_lazy("Đưa ra khỏi danh sách: “%(reason)s”."),
    "relist": gettext_lazy("Đưa lại vào danh sách cảm tình Đảng."),
    "annul": gettext_lazy("Hủy quyết định kết nạp bằng quyết định %(number)s: “%(reason)s”."),
}


NAMES = {
    field.name: field.verbose_name for model in (Candidate, Dossier) for field in model._meta.concrete_fields
}
"""What a corrected field is called on the form."""


class _Facts(dict):
    def __missing__(self, key):
        return "–"


def describe_event(event):
    """What `event` tells, in the reader's language."""
    facts = _Facts(event.facts, by=event.by.full_name, n=len(event.facts.get("papers", ())))
    if isinstance(facts.get("branch"), dict):
        facts["branch"] = facts["branch"]["words"]
    if opinion := event.facts.get("opinion"):
        return _("%(by)s thẩm định tiếp; ý kiến: “%(opinion)s”.") % {"by": facts["by"], "opinion": opinion}
    facts["fields"] = ", ".join(str(NAMES.get(name, name)) for name in event.facts.get("fields", ()))
    words = SENTENCES[event.action] % facts
    if why := event.facts.get("exception"):
        words += " " + _("Ghi sau khi khóa báo cáo quý: “%(why)s”.") % {"why": why}
    by = _("Người ghi: %(by)s.") % {"by": event.by.full_name}
    return words if "%(by)s" in str(SENTENCES[event.action]) else f"{words} {by}"
