"""A dossier's events in sentences, for people who were not there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from admissions.models import Candidate, Dossier

SENTENCES = {
    "enter": _l("%(by)s ghi vào danh sách cảm tình Đảng."),
    "edit": _l("%(by)s sửa %(fields)s."),
    "papers": _l("%(by)s ghi giấy tờ (%(n)d loại)."),
    "reveal": _l("%(by)s mở xem số CMND hoặc định danh."),
    "apply": _l("%(by)s ghi đơn xin vào Đảng."),
    "branch_agrees": _l(
        "Chi bộ ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s đồng ý."
    ),
    "branch_declines": _l("Chi bộ xét không đủ hai phần ba, %(agree)s trên %(members)s đồng ý."),
    "base_agrees": _l(
        "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị kết nạp, %(agree)s trên %(members)s tán thành."
    ),
    "base_declines": _l("Đảng ủy cơ sở không đề nghị, %(agree)s trên %(members)s tán thành."),
    "receive": _l("Ban Tổ chức nhận hồ sơ."),
    "put_forward": _l("%(by)s trình Ban Thường vụ, đề nghị kết nạp."),
    "give_back": _l("%(by)s trả lại hồ sơ: “%(reason)s”."),
    "hold": _l("%(by)s để lại, chờ thẩm tra: “%(reason)s”."),
    "ask": _l("%(by)s xin ý kiến Ban Thường vụ: “%(reason)s”."),
    "resume": _l("%(by)s thẩm định tiếp."),
    "extend": _l("Gia hạn thêm %(days)s ngày làm việc: “%(reason)s”."),
    "decide": _l("Ban Thường vụ ký quyết định kết nạp %(number)s."),
    "refuse": _l("Không kết nạp: “%(reason)s”."),
    "hand_over": _l("Chi bộ nhận quyết định kết nạp."),
    "ceremony": _l("Chi bộ tổ chức lễ kết nạp."),
    "conversion_agreed": _l("Chi bộ công nhận chính thức, %(agree)s trên %(members)s đồng ý (%(number)s)."),
    "conversion_failed": _l("Chi bộ chưa công nhận chính thức, %(agree)s trên %(members)s đồng ý."),
    "conversion_proposed": _l(
        "Đảng ủy cơ sở ra nghị quyết %(number)s đề nghị công nhận chính thức, %(agree)s trên %(members)s tán thành."
    ),
    "set_aside": _l("Cuộc họp để lại: “%(reason)s”."),
    "refer": _l("Cuộc họp xin ý kiến cấp trên: “%(reason)s”."),
    "move": _l("%(by)s chuyển hồ sơ sang %(branch)s; người giúp đỡ mới: %(helper)s."),
    "leave": _l("Không còn là đảng viên, quyết định %(number)s: “%(reason)s”."),
    "letter": _l("%(by)s soạn văn bản %(title)s."),
    "remind": _l("Đã gửi thư nhắc hạn %(due)s cho %(by)s."),
    "convert": _l("Quyết định công nhận đảng viên chính thức %(number)s."),
    "withdraw": _l("Đưa ra khỏi danh sách: “%(reason)s”."),
    "relist": _l("Đưa lại vào danh sách cảm tình Đảng."),
    "annul": _l("Hủy quyết định kết nạp bằng quyết định %(number)s: “%(reason)s”."),
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
