"""Who may do what: a reviewed list in code, one line a role."""

from django.db import models
from django.utils.translation import gettext_lazy


class Role(models.TextChoices):
    """The parts people play, each held through a post at a unit."""

    BOARD_STAFF = "board_staff", gettext_lazy("Cán bộ Ban Tổ chức")
    BOARD_LEADER = "board_leader", gettext_lazy("Lãnh đạo Ban Tổ chức")
    COMMUNE_COMMITTEE = "commune_committee", gettext_lazy("Cấp ủy cơ sở")
    BRANCH_COMMITTEE = "branch_committee", gettext_lazy("Chi ủy")
    FOLLOWER = "follower", gettext_lazy("Ủy viên Ban Thường vụ phụ trách")
    WORK_TEAM = "work_team", gettext_lazy("Thành viên tổ công tác")
    ADMINISTRATOR = "administrator", gettext_lazy("Quản trị")


class Permission(models.TextChoices):
    """What can be allowed. Each holds only inside the unit of the post that brings it."""

    SEE = "see", gettext_lazy("xem hồ sơ và số liệu")
    ENTER = "enter", gettext_lazy("ghi hồ sơ, giấy tờ, đưa vào danh sách")
    BRANCH_WORK = "branch_work", gettext_lazy("ghi việc của chi bộ")
    BASE_WORK = "base_work", gettext_lazy("ghi việc của cấp ủy cơ sở")
    VISIT = "visit", gettext_lazy("ghi buổi làm việc và kết luận")
    OVERSEE = "oversee", gettext_lazy("phân công phụ trách, tổ công tác, khen thưởng")
    OPEN_CLASS = "open_class", gettext_lazy("mở lớp nhận thức, cấp giấy chứng nhận")
    APPRAISE = "appraise", gettext_lazy("thẩm định hồ sơ")
    DECIDE = "decide", gettext_lazy("ghi quyết định của Ban Thường vụ")
    ANNUL = "annul", gettext_lazy("ghi việc hủy quyết định")
    EXPORT = "export", gettext_lazy("lập và tải báo cáo")
    SET_QUOTA = "set_quota", gettext_lazy("giao chỉ tiêu")
    CHANGE_UNITS = "change_units", gettext_lazy("thêm đơn vị")
    CHANGE_LISTS = "change_lists", gettext_lazy("sửa lịch ngày nghỉ, danh mục lý do và mẫu văn bản")
    CLOSE_QUARTER = "close_quarter", gettext_lazy("khóa quý, đề nghị mở lại quý")
    CONFIRM_QUARTER = "confirm_quarter", gettext_lazy("xác nhận số liệu quý của đơn vị")
    REOPEN_QUARTER = "reopen_quarter", gettext_lazy("đồng ý mở lại quý")


GRANTS: dict[str, set[Permission]] = {
    Role.BOARD_STAFF: {
        Permission.SEE,
        Permission.ENTER,
        Permission.BRANCH_WORK,
        Permission.BASE_WORK,
        Permission.VISIT,
        Permission.OVERSEE,
        Permission.OPEN_CLASS,
        Permission.APPRAISE,
        Permission.DECIDE,
        Permission.EXPORT,
        Permission.CONFIRM_QUARTER,
    },
    Role.BOARD_LEADER: {
        Permission.SEE,
        Permission.VISIT,
        Permission.OVERSEE,
        Permission.OPEN_CLASS,
        Permission.APPRAISE,
        Permission.DECIDE,
        Permission.ANNUL,
        Permission.EXPORT,
        Permission.CONFIRM_QUARTER,
        Permission.SET_QUOTA,
        Permission.REOPEN_QUARTER,
    },
    Role.COMMUNE_COMMITTEE: {
        Permission.SEE,
        Permission.ENTER,
        Permission.BRANCH_WORK,
        Permission.BASE_WORK,
        Permission.EXPORT,
        Permission.CONFIRM_QUARTER,
        Permission.SET_QUOTA,
    },
    Role.BRANCH_COMMITTEE: {Permission.SEE, Permission.ENTER, Permission.BRANCH_WORK},
    Role.FOLLOWER: {Permission.SEE, Permission.VISIT},
    Role.WORK_TEAM: {Permission.SEE, Permission.VISIT},
    Role.ADMINISTRATOR: {
        Permission.SEE,
        Permission.ANNUL,
        Permission.EXPORT,
        Permission.CONFIRM_QUARTER,
        Permission.SET_QUOTA,
        Permission.CHANGE_UNITS,
        Permission.CHANGE_LISTS,
        Permission.CLOSE_QUARTER,
        Permission.REOPEN_QUARTER,
    },
}
"""The board's staff record what branches and base committees send in on paper, hence their work too."""
