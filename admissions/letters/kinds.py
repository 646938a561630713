"""The documents that can be made, and every name that their templates may use."""

from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from admissions import procedure
from admissions.models import Vote
from admissions.procedure.spec import Version
from notation.dates import today

HEAD = {
    "superior": gettext_lazy("Tổ chức đảng cấp trên, chữ hoa"),
    "issuer": gettext_lazy("Cơ quan ban hành, chữ hoa"),
    "number": gettext_lazy("Số, ký hiệu văn bản"),
    "place_and_date": gettext_lazy("Địa danh và ngày, tháng, năm"),
    "signs_for": gettext_lazy("Thay mặt cơ quan nào ký"),
}
UNITS = {
    "branch": gettext_lazy("Chi bộ"),
    "base": gettext_lazy("Đảng ủy cơ sở"),
    "deciding": gettext_lazy("Cấp ủy có thẩm quyền kết nạp"),
    "board": gettext_lazy("Ban tham mưu"),
    "upward": gettext_lazy("Nơi được đề nghị"),
}
PERSON = {
    "name": gettext_lazy("Họ và tên"),
    "name_caps": gettext_lazy("Họ và tên, chữ hoa"),
    "born_on": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "ethnicity": gettext_lazy("Dân tộc"),
    "religion": gettext_lazy("Tôn giáo"),
    "home_place": gettext_lazy("Quê quán"),
    "residence": gettext_lazy("Nơi ở hiện nay"),
    "occupation": gettext_lazy("Nghề nghiệp"),
    "education": gettext_lazy("Học vấn phổ thông"),
    "qualification": gettext_lazy("Trình độ chuyên môn cao nhất"),
    "unions": gettext_lazy("Đoàn thể đang sinh hoạt"),
    "again": gettext_lazy("Chữ “lại” khi kết nạp lại"),
}
COURSE = {
    "dossier_number": gettext_lazy("Số hồ sơ trong sổ"),
    "applied_on": gettext_lazy("Ngày làm đơn xin vào Đảng"),
    "certificate_number": gettext_lazy("Số giấy chứng nhận lớp nhận thức về Đảng"),
    "certificate_on": gettext_lazy("Ngày cấp giấy chứng nhận lớp nhận thức về Đảng"),
    "introducers": gettext_lazy("Người, tổ chức giới thiệu vào Đảng"),
    "helper": gettext_lazy("Đảng viên được phân công giúp đỡ"),
    "vetted_on": gettext_lazy("Ngày có kết quả thẩm tra lý lịch"),
    "opinions_on": gettext_lazy("Ngày tổng hợp ý kiến nhận xét"),
    "points": gettext_lazy("Điều kiện chưa đạt, cần giải trình"),
}
DECISION = {
    "regulation": gettext_lazy("Quy định áp dụng"),
    "decision_number": gettext_lazy("Số quyết định kết nạp"),
    "decided_on": gettext_lazy("Ngày ký quyết định kết nạp"),
    "ceremony_on": gettext_lazy("Ngày lễ kết nạp"),
    "probation_months": gettext_lazy("Số tháng dự bị"),
    "probation_ends_on": gettext_lazy("Ngày hết thời gian dự bị"),
}
HELP = {
    "writer": gettext_lazy("Đảng viên viết văn bản"),
    "writer_born_on": gettext_lazy("Ngày sinh của đảng viên viết văn bản"),
    "writer_admitted_on": gettext_lazy("Ngày vào Đảng của đảng viên viết văn bản"),
    "writer_official_on": gettext_lazy("Ngày chính thức của đảng viên viết văn bản"),
    "writer_since": gettext_lazy("Ngày cùng công tác, cư trú với người được giới thiệu"),
    "writer_assigned_on": gettext_lazy("Ngày được phân công giúp đỡ"),
    "remarks": gettext_lazy("Nhận xét đã ghi trong sổ"),
    "other_remarks": gettext_lazy("Nhận xét của những người giúp đỡ khác"),
}
"""What a member writes who introduces or helps: who they are, and the remarks that the register has."""
IN_LINES = ("remarks", "other_remarks")
"""What is told in lines, which a document writes as paragraphs."""
BALLOT = {
    "number": gettext_lazy("Số nghị quyết"),
    "on": gettext_lazy("Ngày họp"),
    "members": gettext_lazy("Tổng số người có quyền biểu quyết"),
    "excluded": gettext_lazy("Số được trừ theo quy định"),
    "base": gettext_lazy("Tổng số được tính"),
    "present": gettext_lazy("Số có mặt"),
    "absent": gettext_lazy("Số vắng mặt"),
    "probationary": gettext_lazy("Số đảng viên dự bị dự họp"),
    "agree": gettext_lazy("Số đồng ý"),
    "agree_percent": gettext_lazy("Tỷ lệ đồng ý"),
    "disagree": gettext_lazy("Số không đồng ý"),
    "disagree_percent": gettext_lazy("Tỷ lệ không đồng ý"),
    "undecided": gettext_lazy("Số không có ý kiến"),
    "chair": gettext_lazy("Người chủ trì"),
    "secretary": gettext_lazy("Thư ký"),
}


def _ballot(body, name):
    return {
        f"{body}_{key}": format_lazy(gettext_lazy("{what} của {body}"), what=BALLOT[key], body=name)
        for key in BALLOT
    }


BALLOTS = {
    Vote.Body.BRANCH: _ballot("branch", gettext_lazy("chi bộ")),
    Vote.Body.BASE: _ballot("base", gettext_lazy("đảng ủy cơ sở")),
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
    purpose: str
    required: tuple[str, ...]
    dated_by: str = ""
    resolves: str = ""


INTRODUCTIONS = ("3-KND", "3A-KND")
REMARK = "11-KND"
BY_HELPERS = (*INTRODUCTIONS, REMARK)
"""The papers that one member writes and signs, with what helpers remarked."""

LETTERS = {
    **{
        kind: Letter(
            gettext_lazy("Giấy giới thiệu người vào Đảng"),
            "branch",
            Vote.Purpose.ADMISSION,
            (*IDENTITY, "residence", "writer", "remarks"),
        )
        for kind in INTRODUCTIONS
    },
    "6-KND": Letter(
        gettext_lazy("Nghị quyết chi bộ đề nghị kết nạp đảng viên"),
        "branch",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, *BRANCH_VOTED),
        resolves=Vote.Body.BRANCH,
    ),
    "8-KND": Letter(
        gettext_lazy("Nghị quyết đảng ủy cơ sở đề nghị kết nạp đảng viên"),
        "base",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, *BRANCH_VOTED, *BASE_VOTED),
        resolves=Vote.Body.BASE,
    ),
    "extract": Letter(
        gettext_lazy("Trích sao hồ sơ trình Ban Thường vụ"),
        "board",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "residence", "certificate_on", "applied_on", "introducers", *BRANCH_VOTED, *BASE_VOTED),
    ),
    "9-KND": Letter(
        gettext_lazy("Quyết định kết nạp đảng viên"),
        "deciding",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "branch_number", "branch_on", "base_number", "base_on", "decision_number", "decided_on"),
        dated_by="decided_on",
    ),
    REMARK: Letter(
        gettext_lazy("Nhận xét của người giúp đỡ về đảng viên dự bị"),
        "branch",
        Vote.Purpose.CONVERSION,
        (*IDENTITY, "decision_number", "decided_on", "ceremony_on", "probation_ends_on", "writer", "remarks"),
    ),
    "13-KND": Letter(
        gettext_lazy("Nghị quyết chi bộ đề nghị công nhận đảng viên chính thức"),
        "branch",
        Vote.Purpose.CONVERSION,
        (*IDENTITY, "decision_number", "decided_on", "ceremony_on", "probation_ends_on", *BRANCH_VOTED),
        resolves=Vote.Body.BRANCH,
    ),
    "15-KND": Letter(
        gettext_lazy("Nghị quyết đảng ủy cơ sở đề nghị công nhận đảng viên chính thức"),
        "base",
        Vote.Purpose.CONVERSION,
        (
            *IDENTITY,
            "decision_number",
            "decided_on",
            "ceremony_on",
            "probation_ends_on",
            *BRANCH_VOTED,
            *BASE_VOTED,
        ),
        resolves=Vote.Body.BASE,
    ),
    "vetting": Letter(
        gettext_lazy("Công văn đề nghị thẩm tra lý lịch"),
        "base",
        Vote.Purpose.ADMISSION,
        (*IDENTITY, "residence", "applied_on"),
    ),
}


def title_of(kind: str, version: Version | None = None) -> str:
    """The title of `kind` with the number that its form has in `version`, or else in the procedure in force today.

    Raises `KeyError` when there is no such kind.
    """
    title = str(LETTERS[kind].title)
    papers = (version or procedure.version_in_force(today())).papers
    form = next((paper.form for paper in papers if paper.code == kind), "")
    if not form:
        return title
    number = form.replace(" (", ", ").replace(")", "")
    return gettext("%(title)s (mẫu %(form)s)") % {"title": title, "form": number}


KINDS = {kind: lazy(title_of, str)(kind) for kind in LETTERS}
"""What can be made, in the order of the procedure: key and title."""

LABELS = (
    HEAD | UNITS | PERSON | COURSE | DECISION | HELP | BALLOTS[Vote.Body.BRANCH] | BALLOTS[Vote.Body.BASE]
)
"""What each placeholder holds, in words."""


def placeholders_of(kind: str) -> set[str]:
    """The names a template of `kind` may use; a branch's own resolution knows nothing of the base's vote.

    Raises `KeyError` when there is no such kind.
    """
    voted = BALLOTS[Vote.Body.BRANCH] | BALLOTS[Vote.Body.BASE]
    if kind in INTRODUCTIONS:
        # Written before anybody has met; whoever helps later is not in it.
        unknown = voted | DECISION | {"helper": "", "number": "", "signs_for": ""}
    elif kind in BY_HELPERS:
        unknown = voted | {"number": "", "signs_for": ""}
    elif kind == "vetting":
        # The letter asks before anybody has met.
        unknown = voted | DECISION | HELP
    else:
        unknown = HELP | (BALLOTS[Vote.Body.BASE] if LETTERS[kind].issuer == "branch" else {})
    return set(LABELS) - set(unknown)
