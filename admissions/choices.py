"""What is chosen from a fixed list: facts of a person, of an introduction, of an end, and the bodies that vote."""

from django.db import models
from django.utils.translation import gettext_lazy


class Sex(models.TextChoices):
    MALE = "male", gettext_lazy("Nam")
    FEMALE = "female", gettext_lazy("Nữ")


class Occupation(models.TextChoices):
    """Occupations as the rows of Biểu 2-BTCTW, part II.1; each person has one."""

    STATE_OFFICIAL = "state_official", gettext_lazy("Cán bộ, công chức cơ quan Nhà nước cấp huyện trở lên")
    PARTY_OFFICIAL = (
        "party_official",
        gettext_lazy("Cán bộ, công chức cơ quan Đảng, đoàn thể cấp huyện trở lên"),
    )
    COMMUNE_OFFICIAL = "commune_official", gettext_lazy("Cán bộ, công chức, không chuyên trách cấp xã")
    VILLAGE_WORKER = "village_worker", gettext_lazy("Không chuyên trách ở thôn, tổ dân phố")
    PUBLIC_EMPLOYEE = "public_employee", gettext_lazy("Viên chức đơn vị sự nghiệp công lập")
    PRIVATE_EMPLOYEE = "private_employee", gettext_lazy("Lao động đơn vị sự nghiệp ngoài công lập")
    ENTERPRISE_MANAGER = "enterprise_manager", gettext_lazy("Lãnh đạo, quản lý doanh nghiệp")
    ENTERPRISE_STAFF = "enterprise_staff", gettext_lazy("Nhân viên gián tiếp trong doanh nghiệp")
    ENTERPRISE_WORKER = "enterprise_worker", gettext_lazy("Công nhân, lao động trực tiếp trong doanh nghiệp")
    FARMER = "farmer", gettext_lazy("Nông, lâm, ngư nghiệp")
    ARMED_FORCES = "armed_forces", gettext_lazy("Lực lượng vũ trang")
    STUDENT = "student", gettext_lazy("Sinh viên")
    PUPIL = "pupil", gettext_lazy("Học sinh")
    OTHER = "other", gettext_lazy("Nghề nghiệp khác")


class Education(models.TextChoices):
    """General education, Biểu 2 part II.3; in ascending order."""

    LITERATE = "literate", gettext_lazy("Biết đọc, biết viết")
    PRIMARY = "primary", gettext_lazy("Tiểu học")
    LOWER_SECONDARY = "lower_secondary", gettext_lazy("THCS")
    UPPER_SECONDARY = "upper_secondary", gettext_lazy("THPT")


class Qualification(models.TextChoices):
    """Highest professional qualification, Biểu 2 part II.4."""

    NONE = "none", gettext_lazy("Chưa qua đào tạo")
    ELEMENTARY = "elementary", gettext_lazy("Công nhân kỹ thuật, sơ cấp")
    INTERMEDIATE = "intermediate", gettext_lazy("Trung cấp")
    COLLEGE = "college", gettext_lazy("Cao đẳng")
    BACHELOR = "bachelor", gettext_lazy("Đại học")
    MASTER = "master", gettext_lazy("Thạc sĩ")
    DOCTOR = "doctor", gettext_lazy("Tiến sĩ")


class AcademicTitle(models.TextChoices):
    NONE = "none", gettext_lazy("Không")
    ASSOCIATE = "associate", gettext_lazy("Phó giáo sư")
    PROFESSOR = "professor", gettext_lazy("Giáo sư")


class Introduction(models.TextChoices):
    """Who introduces a candidate (docs/domain.md, rule 13)."""

    TWO_MEMBERS = "two_members", gettext_lazy("Hai đảng viên chính thức")
    MEMBER_YOUTH = "member_youth", gettext_lazy("Một đảng viên và Đoàn")
    MEMBER_UNION = "member_union", gettext_lazy("Một đảng viên và Công đoàn")


class IntroducedBy(models.TextChoices):
    """Who brought a person to the branch as a source (docs/domain.md, 2.6)."""

    YOUTH = "youth", gettext_lazy("Đoàn Thanh niên")
    WOMEN = "women", gettext_lazy("Hội Phụ nữ")
    FARMERS = "farmers", gettext_lazy("Hội Nông dân")
    VETERANS = "veterans", gettext_lazy("Hội Cựu chiến binh")
    TRADE_UNION = "trade_union", gettext_lazy("Công đoàn")
    FRONT = "front", gettext_lazy("Mặt trận Tổ quốc")
    BRANCH = "branch", gettext_lazy("Chi bộ")


class Proposal(models.TextChoices):
    """What a branch proposes to its base committee for a person on the source list (HD 38, 1.1)."""

    LISTING = "listing", gettext_lazy("Thêm vào danh sách")
    CLASS = "class", gettext_lazy("Cử học lớp nhận thức")
    PROCEDURE = "procedure", gettext_lazy("Cho làm thủ tục kết nạp")
    REMOVAL = "removal", gettext_lazy("Đưa ra khỏi danh sách")


class GroupRule(models.TextChoices):
    """The fact of a person that makes them one of a priority group (`admissions.sources.groups`)."""

    PRODUCER = "producer", gettext_lazy("trực tiếp sản xuất")
    YOUTH = "youth", gettext_lazy("đoàn viên TNCS Hồ Chí Minh")
    WOMEN = "women", gettext_lazy("nữ")
    DEMOBILISED = "demobilised", gettext_lazy("bộ đội xuất ngũ")
    LEARNER = "learner", gettext_lazy("học sinh, sinh viên")
    OFFICIAL = "official", gettext_lazy("cán bộ, công chức")
    PUBLIC_STAFF = "public_staff", gettext_lazy("viên chức")
    WORKER = "worker", gettext_lazy("công nhân, lao động trong doanh nghiệp")
    RELIGIOUS = "religious", gettext_lazy("người theo tôn giáo")
    MINORITY = "minority", gettext_lazy("dân tộc thiểu số")


class ClassStep(models.TextChoices):
    """How far someone has come in an awareness class: nominated, checked, attended, assessed, certified."""

    NOMINATED = "nominated", gettext_lazy("Chờ cấp ủy cơ sở kiểm")
    PROPOSED = "proposed", gettext_lazy("Chờ cấp trên duyệt")
    DECLINED = "declined", gettext_lazy("Không duyệt")
    APPROVED = "approved", gettext_lazy("Được duyệt")
    ABSENT = "absent", gettext_lazy("Vắng hoặc học chưa đủ")
    ATTENDED = "attended", gettext_lazy("Dự đủ, chờ kết quả")
    REWRITE = "rewrite", gettext_lazy("Viết lại bài thu hoạch")
    FAILED = "failed", gettext_lazy("Không đạt, phải học lại")
    PASSED = "passed", gettext_lazy("Đạt, chờ GCN")
    CERTIFIED = "certified", gettext_lazy("Đã cấp GCN")


class Grade(models.TextChoices):
    """How a learner is classed; printed on the certificate."""

    EXCELLENT = "excellent", gettext_lazy("Giỏi")
    GOOD = "good", gettext_lazy("Khá")
    FAIR = "fair", gettext_lazy("Trung bình")


class Leaving(models.TextChoices):
    """How someone stopped being a member; whether they may be admitted again depends on it (QĐ 29, 3.5)."""

    NAME_DELETED = "name_deleted", gettext_lazy("Xóa tên khỏi danh sách đảng viên")
    ABANDONED = "abandoned", gettext_lazy("Tự bỏ sinh hoạt đảng")
    RESIGNED = "resigned", gettext_lazy("Xin ra khỏi Đảng")
    HARDSHIP = "hardship", gettext_lazy("Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn")
    DISUNITY = "disunity", gettext_lazy("Gây mất đoàn kết nội bộ nghiêm trọng")
    CORRUPTION = "corruption", gettext_lazy("Bị kết án vì tham nhũng")
    SERIOUS_CRIME = "serious_crime", gettext_lazy("Bị kết án về tội nghiêm trọng trở lên")
    MINOR_CRIME = "minor_crime", gettext_lazy("Bị kết án về tội ít nghiêm trọng, đã xóa án tích")
    EXPELLED = "expelled", gettext_lazy("Khai trừ, lý do khác")
    NOT_RECOGNISED = "not_recognised", gettext_lazy("Không được công nhận đảng viên chính thức")


class AnnulmentKind(models.TextChoices):
    CRITERIA = "criteria", gettext_lazy("Kết nạp không đúng tiêu chuẩn, điều kiện")
    PROCEDURE = "procedure", gettext_lazy("Không đúng thẩm quyền hoặc thủ tục")


class Exclusion(models.TextChoices):
    """Members whom the base of a vote leaves out; a version of the procedure names those that it allows."""

    AWAY = "away", gettext_lazy("Chuyển sinh hoạt tạm thời")
    EXEMPT = "exempt", gettext_lazy("Miễn sinh hoạt, vắng")
    SUSPENDED = "suspended", gettext_lazy("Đình chỉ sinh hoạt đảng")
    DETAINED = "detained", gettext_lazy("Bị khởi tố, truy tố, tạm giam")
    EXCUSED = "excused", gettext_lazy("Vắng suốt, lý do được chấp nhận")


class Manner(models.TextChoices):
    """How a meeting votes; the meeting chooses (HD 06, 5.1)."""

    SECRET = "secret", gettext_lazy("Bỏ phiếu kín")
    CARDS = "cards", gettext_lazy("Giơ thẻ đảng viên")


class Decider(models.TextChoices):
    """Who decides on the admissions of a base organisation instead of the standing committee above it."""

    STANDING = "standing", gettext_lazy("Ban Thường vụ của chính đảng bộ này")
    AUTHORISED = "authorised", gettext_lazy("Đảng ủy cơ sở được ủy quyền")


class Body(models.TextChoices):
    """Who meets and votes on dossiers; `STANDING` is whoever decides, `DecidingBody` says who that is."""

    BRANCH = "branch", gettext_lazy("Chi bộ")
    BASE = "base", gettext_lazy("Cấp ủy cơ sở")
    STANDING = "standing", gettext_lazy("Ban Thường vụ")
