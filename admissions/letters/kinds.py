"""The documents that can be made, and every name that their templates may use."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from admissions.models import Vote

HEAD = {
    "superior": _("Tổ chức đảng cấp trên, chữ hoa"),
    "issuer": _("Cơ quan ban hành, chữ hoa"),
    "number": _("Số, ký hiệu văn bản"),
    "place_and_date": _("Địa danh và ngày, tháng, năm"),
    "signs_for": _("Thay mặt cơ quan nào ký"),
}
UNITS = {
    "branch": _("Chi bộ"),
    "base": _("Đảng ủy cơ sở"),
    "deciding": _("Cấp ủy có thẩm quyền kết nạp"),
    "board": _("Ban tham mưu"),
    "upward": _("Nơi được đề nghị"),
}
PERSON = {
    "name": _("Họ và tên"),
    "name_caps": _("Họ và tên, chữ hoa"),
    "born_on": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "ethnicity": _("Dân tộc"),
    "religion": _("Tôn giáo"),
    "home_place": _("Quê quán"),
    "residence": _("Nơi ở hiện nay"),
    "occupation": _("Nghề nghiệp"),
    "education": _("Học vấn phổ thông"),
    "qualification": _("Trình độ chuyên môn cao nhất"),
    "unions": _("Đoàn thể đang sinh hoạt"),
    "again": _("Chữ “lại” khi kết nạp lại"),
}
COURSE = {
    "dossier_number": _("Số hồ sơ trong sổ"),
    "applied_on": _("Ngày làm đơn xin vào Đảng"),
    "certificate_number": _("Số giấy chứng nhận lớp nhận thức về Đảng"),
    "certificate_on": _("Ngày cấp giấy chứng nhận lớp nhận thức về Đảng"),
    "introducers": _("Người, tổ chức giới thiệu vào Đảng"),
    "helper": _("Đảng viên được phân công giúp đỡ"),
    "vetted_on": _("Ngày có kết quả thẩm tra lý lịch"),
    "opinions_on": _("Ngày tổng hợp ý kiến nhận xét"),
    "points": _("Điều kiện chưa đạt, cần giải trình"),
}
DECISION = {
    "regulation": _("Quy định áp dụng"),
    "decision_number": _("Số quyết định kết nạp"),
    "decided_on": _("Ngày ký quyết định kết nạp"),
    "ceremony_on": _("Ngày lễ kết nạp"),
    "probation_months": _("Số tháng dự bị"),
    "probation_ends_on": _("Ngày hết thời gian dự bị"),
}
BALLOT = {
    "number": _("Số nghị quyết"),
    "on": _("Ngày họp"),
    "members": _("Tổng số người có quyền biểu quyết"),
    "excluded": _("Số được trừ theo quy định"),
    "base": _("Tổng số được tính"),
    "present": _("Số có mặt"),
    "absent": _("Số vắng mặt"),
    "probationary": _("Số đảng viên dự bị dự họp"),
    "agree": _("Số đồng ý"),
    "agree_percent": _("Tỷ lệ đồng ý"),
    "disagree": _("Số không đồng ý"),
    "disagree_percent": _("Tỷ lệ không đồng ý"),
    "undecided": _("Số không có ý kiến"),
    "chair": _("Người chủ trì"),
    "secretary": _("Thư ký"),
}


def _ballot(body, name):
    return {
        f"{body}_{key}": format_lazy(_("{what} của {body}"), what=BALLOT[key], body=name) for key in BALLOT
    }


BALLOTS = {
    Vote.Body.BRANCH: _ballot("branch", _("chi bộ")),
    Vote.Body.BASE: _ballot("base", _("đảng ủy cơ sở")),
}
BRANCH_VOTED = ("branch_number", "branch_on", "branch_agree")
BASE_VOTED = ("base_number", "base_on", "base_agree")
IDENTITY = ("name", "born_on", "home_place")


@dataclass(frozen=True)
class Letter:
    """One kind of document: who issues it, the ballot it is about, what it cannot be made without.

    `dated_by` is the ballot's body, or the dossier's column, whose day the document bears; "" for any day.
    """

    title: Promise
    issuer: str
    purpose: Vote.Purpose
    required: tuple[str, ...]
    dated_by: str = ""
    resolves: Vote.Body | str = ""


LETTERS = {
    "6-KND": Letter(
        _("Nghị quyết chi bộ đề nghị kết nạp đảng viên (mẫu 6-KNĐ)"),
        "branch",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, *BRANCH_VOTED),
        resolves=Vote.Body.BRANCH,
    ),
    "8-KND": Letter(
        _("Nghị quyết đảng ủy cơ sở đề nghị kết nạp đảng viên (mẫu 8-KNĐ)"),
        "base",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, *BRANCH_VOTED, *BASE_VOTED),
        resolves=Vote.Body.BASE,
    ),
    "extract": Letter(
        _("Trích sao hồ sơ trình Ban Thường vụ"),
        "board",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "residence", "certificate_on", "applied_on", "introducers", *BRANCH_VOTED, *BASE_VOTED),
    ),
    "9-KND": Letter(
        _("Quyết định kết nạp đảng viên (mẫu 9-KNĐ)"),
        "deciding",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "branch_number", "branch_on", "base_number", "base_on", "decision_number", "decided_on"),
        dated_by="decided_on",
    ),
    "13-KND": Letter(
        _("Nghị quyết chi bộ đề nghị công nhận đảng viên chính thức (mẫu 13-KNĐ)"),
        "branch",
        Vote.Purpose.CONVERSION,
        (*IDENTITY, "decision_number", "decided_on", "ceremony_on", "probation_ends_on", *BRANCH_VOTED),
        resolves=Vote.Body.BRANCH,
    ),
    "15-KND": Letter(
        _("Nghị quyết đảng ủy cơ sở đề nghị công nhận đảng viên chính thức (mẫu 15-KNĐ)"),
        "base",
        Vote.Purpose.CONVERSION,
        (
            *IDENTITY,
            *("decision_number", "decided_on", "ceremony_on", "probation_ends_on"),
            *BRANCH_VOTED,
            *BASE_VOTED,
        ),
        resolves=Vote.Body.BASE,
    ),
    "vetting": Letter(
        _("Công văn đề nghị thẩm tra lý lịch"),
        "base",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "residence", "applied_on"),
    ),
}
KINDS = {kind: letter.title for kind, letter in LETTERS.items()}
"""What can be made, in the order of the procedure: key and title."""

LABELS = HEAD | UNITS | PERSON | COURSE | DECISION | BALLOTS[Vote.Body.BRANCH] | BALLOTS[Vote.Body.BASE]
"""What each placeholder holds, in words."""


def placeholders_of(kind) -> set[str]:
    """The names a template of `kind` may use; a branch's own resolution knows nothing of the base's vote.

    Raises `KeyError` when there is no such kind.
    """
    unknown = BALLOTS[Vote.Body.BASE] if LETTERS[kind].issuer == "branch" else {}
    if kind == "vetting":
        # The letter asks before anybody has met.
        unknown = BALLOTS[Vote.Body.BRANCH] | BALLOTS[Vote.Body.BASE] | DECISION
    return set(LABELS) - set(unknown)
