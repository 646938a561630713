"""Who may do what: a reviewed list in code, one line a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The parts people play, each held through a post at a unit."""

    BOARD_STAFF = "board_staff", _("Cán bộ Ban Tổ chức")
    BOARD_LEADER = "board_leader", _("Lãnh đạo Ban Tổ chức")
    COMMUNE_COMMITTEE = "commune_committee", _("Cấp ủy cơ sở")
    BRANCH_COMMITTEE = "branch_committee", _("Chi ủy")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Permission(models.TextChoices):
    """What can be allowed. Each holds only inside the unit of the post that brings it."""

    SEE = "see", _("xem hồ sơ và số liệu")
    ENTER = "enter", _("ghi hồ sơ, giấy tờ, đưa vào danh sách")
    BRANCH_WORK = "branch_work", _("ghi việc của chi bộ")
    BASE_WORK = "base_work", _("ghi việc của cấp ủy cơ sở")
    APPRAISE = "appraise", _("thẩm định hồ sơ")
    DECIDE = "decide", _("ghi quyết định của Ban Thường vụ")
    ANNUL = "annul", _("ghi việc hủy quyết định")
    EXPORT = "export", _("lập và tải báo cáo")
    SET_QUOTA = "set_quota", _("giao chỉ tiêu")
    CHANGE_UNITS = "change_units", _("thêm đơn vị")
    CHANGE_LISTS = "change_lists", _("sửa lịch ngày nghỉ, danh mục lý do và mẫu văn bản")
    CLOSE_QUARTER = "close_quarter", _("khóa quý, đề nghị mở lại quý")
    REOPEN_QUARTER = "reopen_quarter", _("đồng ý mở lại quý")


P = Permission
GRANTS = {
    Role.BOARD_STAFF: {P.SEE, P.ENTER, P.BRANCH_WORK, P.BASE_WORK, P.APPRAISE, P.DECIDE, P.EXPORT},
    Role.BOARD_LEADER: {P.SEE, P.APPRAISE, P.DECIDE, P.ANNUL, P.EXPORT, P.SET_QUOTA, P.REOPEN_QUARTER},
    Role.COMMUNE_COMMITTEE: {P.SEE, P.ENTER, P.BRANCH_WORK, P.BASE_WORK, P.EXPORT, P.SET_QUOTA},
    Role.BRANCH_COMMITTEE: {P.SEE, P.ENTER, P.BRANCH_WORK},
    Role.ADMINISTRATOR: {
        *(P.SEE, P.ANNUL, P.EXPORT, P.SET_QUOTA, P.CHANGE_UNITS, P.CHANGE_LISTS),
        *(P.CLOSE_QUARTER, P.REOPEN_QUARTER),
    },
}
"""The board's staff record what branches and base committees send in on paper, hence their work too."""
