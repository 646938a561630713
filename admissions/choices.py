"""What is chosen from a fixed list: facts of a person, of an introduction, of an end, and the bodies that vote."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Occupation(models.TextChoices):
    """Occupations as the rows of Biểu 2-BTCTW, part II.1; each person has one."""

    STATE_OFFICIAL = "state_official", _("Cán bộ, công chức cơ quan Nhà nước cấp huyện trở lên")
    PARTY_OFFICIAL = "party_official", _("Cán bộ, công chức cơ quan Đảng, đoàn thể cấp huyện trở lên")
    COMMUNE_OFFICIAL = "commune_official", _("Cán bộ, công chức, không chuyên trách cấp xã")
    VILLAGE_WORKER = "village_worker", _("Không chuyên trách ở thôn, tổ dân phố")
    PUBLIC_EMPLOYEE = "public_employee", _("Viên chức đơn vị sự nghiệp công lập")
    PRIVATE_EMPLOYEE = "private_employee", _("Lao động đơn vị sự nghiệp ngoài công lập")
    ENTERPRISE_MANAGER = "enterprise_manager", _("Lãnh đạo, quản lý doanh nghiệp")
    ENTERPRISE_STAFF = "enterprise_staff", _("Nhân viên gián tiếp trong doanh nghiệp")
    ENTERPRISE_WORKER = "enterprise_worker", _("Công nhân, lao động trực tiếp trong doanh nghiệp")
    FARMER = "farmer", _("Nông, lâm, ngư nghiệp")
    ARMED_FORCES = "armed_forces", _("Lực lượng vũ trang")
    STUDENT = "student", _("Sinh viên")
    PUPIL = "pupil", _("Học sinh")
    OTHER = "other", _("Nghề nghiệp khác")


class Education(models.TextChoices):
    """General education, Biểu 2 part II.3; in ascending order."""

    LITERATE = "literate", _("Biết đọc, biết viết")
    PRIMARY = "primary", _("Tiểu học")
    LOWER_SECONDARY = "lower_secondary", _("THCS")
    UPPER_SECONDARY = "upper_secondary", _("THPT")


class Qualification(models.TextChoices):
    """Highest professional qualification, Biểu 2 part II.4."""

    NONE = "none", _("Chưa qua đào tạo")
    ELEMENTARY = "elementary", _("Công nhân kỹ thuật, sơ cấp")
    INTERMEDIATE = "intermediate", _("Trung cấp")
    COLLEGE = "college", _("Cao đẳng")
    BACHELOR = "bachelor", _("Đại học")
    MASTER = "master", _("Thạc sĩ")
    DOCTOR = "doctor", _("Tiến sĩ")


class AcademicTitle(models.TextChoices):
    NONE = "none", _("Không")
    ASSOCIATE = "associate", _("Phó giáo sư")
    PROFESSOR = "professor", _("Giáo sư")


class Introduction(models.TextChoices):
    """Who introduces a candidate (domain rule 13)."""

    TWO_MEMBERS = "two_members", _("Hai đảng viên chính thức")
    MEMBER_YOUTH = "member_youth", _("Một đảng viên và Đoàn")
    MEMBER_UNION = "member_union", _("Một đảng viên và Công đoàn")


class Leaving(models.TextChoices):
    """How someone stopped being a member; whether they may be admitted again depends on it (QĐ 29, 3.5)."""

    NAME_DELETED = "name_deleted", _("Xóa tên khỏi danh sách đảng viên")
    ABANDONED = "abandoned", _("Tự bỏ sinh hoạt đảng")
    RESIGNED = "resigned", _("Xin ra khỏi Đảng")
    HARDSHIP = "hardship", _("Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn")
    DISUNITY = "disunity", _("Gây mất đoàn kết nội bộ nghiêm trọng")
    CORRUPTION = "corruption", _("Bị kết án vì tham nhũng")
    SERIOUS_CRIME = "serious_crime", _("Bị kết án về tội nghiêm trọng trở lên")
    MINOR_CRIME = "minor_crime", _("Bị kết án về tội ít nghiêm trọng, đã xóa án tích")
    EXPELLED = "expelled", _("Khai trừ, lý do khác")


class AnnulmentKind(models.TextChoices):
    CRITERIA = "criteria", _("Kết nạp không đúng tiêu chuẩn, điều kiện")
    PROCEDURE = "procedure", _("Không đúng thẩm quyền hoặc thủ tục")


class Body(models.TextChoices):
    """Who meets and votes on dossiers."""

    BRANCH = "branch", _("Chi bộ")
    BASE = "base", _("Cấp ủy cơ sở")
    STANDING = "standing", _("Ban Thường vụ")
