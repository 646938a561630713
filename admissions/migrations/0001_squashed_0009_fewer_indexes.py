"""Dossiers and all that hangs on them, with the lists that every installation starts from."""

from itertools import combinations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.db.models.expressions import CombinedExpression

import notation.dates
from admissions.migrations._starting_lists import load_starting_lists
from admissions.models.append_only import protect_events

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
SEXES = [("male", "Nam"), ("female", "Nữ")]
OCCUPATIONS = [
    ("state_official", "Cán bộ, công chức cơ quan Nhà nước cấp huyện trở lên"),
    ("party_official", "Cán bộ, công chức cơ quan Đảng, đoàn thể cấp huyện trở lên"),
    ("commune_official", "Cán bộ, công chức, không chuyên trách cấp xã"),
    ("village_worker", "Không chuyên trách ở thôn, tổ dân phố"),
    ("public_employee", "Viên chức đơn vị sự nghiệp công lập"),
    ("private_employee", "Lao động đơn vị sự nghiệp ngoài công lập"),
    ("enterprise_manager", "Lãnh đạo, quản lý doanh nghiệp"),
    ("enterprise_staff", "Nhân viên gián tiếp trong doanh nghiệp"),
    ("enterprise_worker", "Công nhân, lao động trực tiếp trong doanh nghiệp"),
    ("farmer", "Nông, lâm, ngư nghiệp"),
    ("armed_forces", "Lực lượng vũ trang"),
    ("student", "Sinh viên"),
    ("pupil", "Học sinh"),
    ("other", "Nghề nghiệp khác"),
]
EDUCATION = [
    ("literate", "Biết đọc, biết viết"),
    ("primary", "Tiểu học"),
    ("lower_secondary", "THCS"),
    ("upper_secondary", "THPT"),
]
QUALIFICATIONS = [
    ("none", "Chưa qua đào tạo"),
    ("elementary", "Công nhân kỹ thuật, sơ cấp"),
    ("intermediate", "Trung cấp"),
    ("college", "Cao đẳng"),
    ("bachelor", "Đại học"),
    ("master", "Thạc sĩ"),
    ("doctor", "Tiến sĩ"),
]
TITLES = [("none", "Không"), ("associate", "Phó giáo sư"), ("professor", "Giáo sư")]
STATES = [
    ("listed", "Danh sách cảm tình Đảng"),
    ("preparing", "Đang làm hồ sơ"),
    ("resolved", "Chờ cấp ủy cơ sở xét"),
    ("proposed", "Chờ gửi về huyện"),
    ("appraisal", "Chờ thẩm định"),
    ("returned", "Đã trả lại"),
    ("held", "Để lại, chờ thẩm tra"),
    ("asked", "Chờ ý kiến Ban Thường vụ"),
    ("awaiting", "Chờ quyết định"),
    ("decided", "Chờ lễ kết nạp"),
    ("probationary", "Đảng viên dự bị"),
    ("converting", "Chờ công nhận chính thức"),
    ("official", "Đảng viên chính thức"),
    ("refused", "Không kết nạp"),
    ("withdrawn", "Đưa ra khỏi danh sách"),
    ("annulled", "Hủy quyết định kết nạp"),
    ("left", "Không còn là đảng viên"),
]
LEAVING = [
    ("name_deleted", "Xóa tên khỏi danh sách đảng viên"),
    ("abandoned", "Tự bỏ sinh hoạt đảng"),
    ("resigned", "Xin ra khỏi Đảng"),
    ("hardship", "Xin ra khỏi Đảng vì gia đình đặc biệt khó khăn"),
    ("disunity", "Gây mất đoàn kết nội bộ nghiêm trọng"),
    ("corruption", "Bị kết án vì tham nhũng"),
    ("serious_crime", "Bị kết án về tội nghiêm trọng trở lên"),
    ("minor_crime", "Bị kết án về tội ít nghiêm trọng, đã xóa án tích"),
    ("expelled", "Khai trừ, lý do khác"),
]
BODIES = [
    ("branch", "Chi bộ"),
    ("base", "Cấp ủy cơ sở"),
    ("standing", "Ban Thường vụ"),
]
DATES = [
    "listed_on",
    "applied_on",
    "branch_resolved_on",
    "base_resolved_on",
    "decided_on",
    "ceremony_on",
    "conversion_resolved_on",
    "conversion_base_on",
    "conversion_decided_on",
]
"""The dates of a dossier, each on or before the next."""


def _in_order(earlier, later):
    ordered = models.Q((earlier, None), (later, None), (f"{earlier}__lte", models.F(later)), _connector="OR")
    return models.CheckConstraint(condition=ordered, name=f"{earlier}_before_{later}")


class Migration(migrations.Migration):
    replaces = [
        ("admissions", "0001_initial"),
        ("admissions", "0002_reference_data"),
        ("admissions", "0003_events_are_append_only"),
        ("admissions", "0004_the_desk"),
        ("admissions", "0005_reasons"),
        ("admissions", "0006_days_off_as_announced"),
        ("admissions", "0007_how_far_back_the_register_goes"),
        ("admissions", "0008_templates_are_kept"),
        ("admissions", "0009_fewer_indexes"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_the_desk"),
        ("branches", "0001_squashed_0002_the_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ethnicity",
            fields=[
                ID,
                ("code", models.CharField(max_length=4, unique=True, verbose_name="Mã")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Dân tộc")),
                ("minority", models.BooleanField(default=True, verbose_name="Dân tộc thiểu số")),
                ("sort_key", models.CharField(editable=False, max_length=300)),
            ],
            options={
                "verbose_name": "dân tộc",
                "ordering": ["minority", "sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Religion",
            fields=[
                ID,
                ("code", models.CharField(max_length=4, unique=True, verbose_name="Mã")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="Tôn giáo")),
                ("follower", models.BooleanField(default=True, verbose_name="Là người theo tôn giáo")),
                ("sort_key", models.CharField(editable=False, max_length=300)),
            ],
            options={
                "verbose_name": "tôn giáo",
                "ordering": ["follower", "sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ID,
                ("full_name", models.CharField(max_length=120, verbose_name="Họ và tên")),
                ("search_name", models.CharField(editable=False, max_length=120)),
                ("sort_key", models.CharField(editable=False, max_length=700)),
                ("born_on", models.DateField(verbose_name="Ngày sinh")),
                (
                    "sex",
                    models.CharField(choices=SEXES, max_length=6, verbose_name="Giới tính"),
                ),
                (
                    "citizen_id",
                    models.CharField(blank=True, max_length=12, verbose_name="Số CMND hoặc định danh"),
                ),
                (
                    "ethnicity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        to="admissions.ethnicity",
                        verbose_name="Dân tộc",
                    ),
                ),
                (
                    "religion",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        to="admissions.religion",
                        verbose_name="Tôn giáo",
                    ),
                ),
                ("home_place", models.CharField(max_length=200, verbose_name="Quê quán")),
                ("residence", models.CharField(max_length=200, verbose_name="Nơi ở hiện nay")),
                (
                    "occupation",
                    models.CharField(
                        choices=OCCUPATIONS,
                        max_length=20,
                        verbose_name="Nghề nghiệp (Biểu 2)",
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        choices=EDUCATION,
                        max_length=16,
                        verbose_name="Học vấn phổ thông",
                    ),
                ),
                (
                    "qualification",
                    models.CharField(
                        choices=QUALIFICATIONS,
                        default="none",
                        max_length=16,
                        verbose_name="Trình độ chuyên môn cao nhất",
                    ),
                ),
                (
                    "academic_title",
                    models.CharField(
                        choices=TITLES,
                        default="none",
                        max_length=12,
                        verbose_name="Chức danh khoa học",
                    ),
                ),
                ("in_youth_union", models.BooleanField(default=False, verbose_name="Đoàn TNCS Hồ Chí Minh")),
                ("in_womens_union", models.BooleanField(default=False, verbose_name="Hội Phụ nữ")),
                ("in_trade_union", models.BooleanField(default=False, verbose_name="Công đoàn")),
                ("in_farmers_union", models.BooleanField(default=False, verbose_name="Hội Nông dân")),
                ("in_veterans_union", models.BooleanField(default=False, verbose_name="Hội Cựu chiến binh")),
                (
                    "business_owner",
                    models.BooleanField(default=False, verbose_name="Chủ doanh nghiệp tư nhân"),
                ),
                (
                    "family_policy_breach",
                    models.BooleanField(
                        default=False, verbose_name="Vi phạm chính sách kế hoạch hóa gia đình"
                    ),
                ),
                (
                    "foreign_spouse",
                    models.BooleanField(default=False, verbose_name="Kết hôn với người nước ngoài"),
                ),
            ],
            options={
                "verbose_name": "quần chúng ưu tú",
                "indexes": [
                    models.Index(fields=["search_name"], name="candidate_search_name"),
                    models.Index(fields=["sort_key"], name="candidate_sort_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("citizen_id", ""), _negated=True),
                        fields=("citizen_id",),
                        name="citizen_id_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ID,
                (
                    "decided_on",
                    models.DateField(editable=False, null=True, verbose_name="Ngày ký quyết định kết nạp"),
                ),
                ("ceremony_on", models.DateField(editable=False, null=True, verbose_name="Ngày lễ kết nạp")),
                (
                    "admitted_branch",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="branches.organisation",
                        verbose_name="Chi bộ",
                    ),
                ),
                (
                    "admitted_commune",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="branches.organisation",
                        verbose_name="Đảng bộ",
                    ),
                ),
                (
                    "admitted_rural",
                    models.BooleanField(editable=False, null=True, verbose_name="Chi bộ nông thôn"),
                ),
                (
                    "admitted_sex",
                    models.CharField(
                        choices=SEXES,
                        editable=False,
                        max_length=6,
                        null=True,
                        verbose_name="Giới tính",
                    ),
                ),
                (
                    "admitted_age",
                    models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="Tuổi"),
                ),
                (
                    "admitted_minority",
                    models.BooleanField(editable=False, null=True, verbose_name="Dân tộc thiểu số"),
                ),
                (
                    "admitted_religious",
                    models.BooleanField(editable=False, null=True, verbose_name="Người theo tôn giáo"),
                ),
                ("admitted_youth", models.BooleanField(editable=False, null=True, verbose_name="Đoàn viên")),
                (
                    "admitted_owner",
                    models.BooleanField(editable=False, null=True, verbose_name="Chủ doanh nghiệp tư nhân"),
                ),
                (
                    "admitted_policy_breach",
                    models.BooleanField(
                        editable=False, null=True, verbose_name="Vi phạm chính sách kế hoạch hóa gia đình"
                    ),
                ),
                (
                    "admitted_foreign_spouse",
                    models.BooleanField(
                        editable=False, null=True, verbose_name="Kết hôn với người nước ngoài"
                    ),
                ),
                (
                    "admitted_again",
                    models.BooleanField(editable=False, null=True, verbose_name="Kết nạp lại"),
                ),
                (
                    "admitted_occupation",
                    models.CharField(
                        choices=OCCUPATIONS,
                        editable=False,
                        max_length=20,
                        null=True,
                        verbose_name="Nghề nghiệp",
                    ),
                ),
                (
                    "admitted_education",
                    models.CharField(
                        choices=EDUCATION,
                        editable=False,
                        max_length=16,
                        null=True,
                        verbose_name="Học vấn",
                    ),
                ),
                (
                    "admitted_qualification",
                    models.CharField(
                        choices=QUALIFICATIONS,
                        editable=False,
                        max_length=16,
                        null=True,
                        verbose_name="Chuyên môn",
                    ),
                ),
                (
                    "admitted_title",
                    models.CharField(
                        choices=TITLES,
                        editable=False,
                        max_length=12,
                        null=True,
                        verbose_name="Chức danh khoa học",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(editable=False)),
                ("serial", models.PositiveIntegerField(editable=False)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="dossiers",
                        to="admissions.candidate",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="dossiers",
                        to="branches.organisation",
                        verbose_name="Chi bộ theo dõi",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=models.PROTECT,
                        related_name="commune_dossiers",
                        to="branches.organisation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=STATES,
                        editable=False,
                        max_length=14,
                        verbose_name="Trạng thái",
                    ),
                ),
                ("state_since", models.DateField(editable=False, verbose_name="Từ ngày")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "procedure",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="Quy định áp dụng"
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="later",
                        to="admissions.dossier",
                    ),
                ),
                ("readmission", models.BooleanField(default=False, verbose_name="Kết nạp lại")),
                (
                    "left_before_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="Ra khỏi Đảng lần trước (hoặc được xóa án tích)"
                    ),
                ),
                (
                    "left_before_how",
                    models.CharField(
                        blank=True,
                        choices=LEAVING,
                        max_length=16,
                        verbose_name="Vì sao ra khỏi Đảng",
                    ),
                ),
                (
                    "province_consent",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        verbose_name="Văn bản đồng ý của Ban Thường vụ Tỉnh ủy (số, ngày)",
                    ),
                ),
                (
                    "introduction",
                    models.CharField(
                        choices=[
                            ("two_members", "Hai đảng viên chính thức"),
                            ("member_youth", "Một đảng viên và Đoàn"),
                            ("member_union", "Một đảng viên và Công đoàn"),
                        ],
                        max_length=12,
                        verbose_name="Cách giới thiệu",
                    ),
                ),
                ("introducer", models.CharField(max_length=120, verbose_name="Người giới thiệu thứ nhất")),
                (
                    "introducer_since",
                    models.DateField(blank=True, null=True, verbose_name="Cùng công tác, cư trú từ"),
                ),
                (
                    "second_introducer",
                    models.CharField(blank=True, max_length=120, verbose_name="Người giới thiệu thứ hai"),
                ),
                (
                    "education_exception",
                    models.CharField(blank=True, max_length=200, verbose_name="Lý do chưa tốt nghiệp THCS"),
                ),
                ("helper", models.CharField(max_length=120, verbose_name="Đảng viên được phân công giúp đỡ")),
                ("kept_at", models.CharField(blank=True, max_length=200, verbose_name="Nơi lưu bản giấy")),
                ("returns", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("moved_on", models.DateField(editable=False, null=True, verbose_name="Chuyển đến")),
                ("failed_conversions", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("decision_extension", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("conversion_extension", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("listed_on", models.DateField(verbose_name="Vào danh sách cảm tình Đảng")),
                (
                    "certified_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="Ngày cấp giấy chứng nhận lớp nhận thức"
                    ),
                ),
                ("applied_on", models.DateField(editable=False, null=True, verbose_name="Đơn xin vào Đảng")),
                (
                    "branch_resolved_on",
                    models.DateField(editable=False, null=True, verbose_name="Nghị quyết chi bộ"),
                ),
                (
                    "base_resolved_on",
                    models.DateField(editable=False, null=True, verbose_name="Nghị quyết đảng ủy cơ sở"),
                ),
                (
                    "received_on",
                    models.DateField(editable=False, null=True, verbose_name="Ban Tổ chức nhận hồ sơ"),
                ),
                (
                    "put_forward_on",
                    models.DateField(editable=False, null=True, verbose_name="Trình Ban Thường vụ"),
                ),
                (
                    "decision_number",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="Số quyết định kết nạp"
                    ),
                ),
                (
                    "decision_received_on",
                    models.DateField(editable=False, null=True, verbose_name="Chi bộ nhận quyết định"),
                ),
                (
                    "probation_ends_on",
                    models.DateField(editable=False, null=True, verbose_name="Hết thời gian dự bị"),
                ),
                (
                    "conversion_resolved_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="Chi bộ xét công nhận chính thức"
                    ),
                ),
                (
                    "conversion_base_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="Đảng ủy cơ sở đề nghị công nhận"
                    ),
                ),
                (
                    "conversion_decided_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="Quyết định công nhận chính thức"
                    ),
                ),
                (
                    "conversion_number",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="Số quyết định công nhận"
                    ),
                ),
                ("official_on", models.DateField(editable=False, null=True, verbose_name="Ngày chính thức")),
                (
                    "left_on",
                    models.DateField(editable=False, null=True, verbose_name="Không còn là đảng viên từ"),
                ),
                (
                    "left_how",
                    models.CharField(
                        blank=True,
                        choices=LEAVING,
                        editable=False,
                        max_length=16,
                        verbose_name="Lý do không còn là đảng viên",
                    ),
                ),
                (
                    "annulled_on",
                    models.DateField(editable=False, null=True, verbose_name="Ngày hủy quyết định"),
                ),
                (
                    "annulment_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("criteria", "Kết nạp không đúng tiêu chuẩn, điều kiện"),
                            ("procedure", "Không đúng thẩm quyền hoặc thủ tục"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="Lý do hủy",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ",
                "indexes": [
                    models.Index(fields=["commune", "state"], name="dossier_commune_state"),
                    models.Index(fields=["branch", "state"], name="dossier_branch_state"),
                    models.Index(
                        condition=models.Q(("annulled_on__isnull", True), ("decided_on__isnull", False)),
                        fields=["admitted_commune", "decided_on"],
                        include=("admitted_branch", "admitted_rural", "admitted_sex", "admitted_youth"),
                        name="dossier_figures",
                    ),
                    models.Index(
                        condition=models.Q(("decided_on__isnull", False)),
                        fields=["decided_on"],
                        name="dossier_first_decision",
                    ),
                    models.Index(
                        condition=models.Q(("previous__isnull", False)),
                        fields=["previous"],
                        name="dossier_previous",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="dossier_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("refused", "withdrawn", "annulled", "left")), _negated=True
                        ),
                        fields=("candidate",),
                        name="one_living_dossier_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on__isnull", True),
                                ("admitted_branch__isnull", True),
                                ("admitted_commune__isnull", True),
                                ("admitted_rural__isnull", True),
                                ("admitted_sex__isnull", True),
                                ("admitted_age__isnull", True),
                                ("admitted_minority__isnull", True),
                                ("admitted_religious__isnull", True),
                                ("admitted_youth__isnull", True),
                                ("admitted_owner__isnull", True),
                                ("admitted_policy_breach__isnull", True),
                                ("admitted_foreign_spouse__isnull", True),
                                ("admitted_again__isnull", True),
                                ("admitted_occupation__isnull", True),
                                ("admitted_education__isnull", True),
                                ("admitted_qualification__isnull", True),
                                ("admitted_title__isnull", True),
                            ),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("admitted_branch__isnull", False),
                                ("admitted_commune__isnull", False),
                                ("admitted_rural__isnull", False),
                                ("admitted_sex__isnull", False),
                                ("admitted_age__isnull", False),
                                ("admitted_minority__isnull", False),
                                ("admitted_religious__isnull", False),
                                ("admitted_youth__isnull", False),
                                ("admitted_owner__isnull", False),
                                ("admitted_policy_breach__isnull", False),
                                ("admitted_foreign_spouse__isnull", False),
                                ("admitted_again__isnull", False),
                                ("admitted_occupation__isnull", False),
                                ("admitted_education__isnull", False),
                                ("admitted_qualification__isnull", False),
                                ("admitted_title__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="admission_facts_all_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None),
                            models.Q(("decision_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_decision_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "listed"), _negated=True),
                            ("listed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="listed_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "preparing"), _negated=True),
                            models.Q(("listed_on__isnull", False), ("applied_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="preparing_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "resolved"), _negated=True),
                            models.Q(("applied_on__isnull", False), ("branch_resolved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="resolved_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "proposed"), _negated=True),
                            models.Q(
                                ("branch_resolved_on__isnull", False), ("base_resolved_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proposed_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "appraisal"), _negated=True),
                            models.Q(("branch_resolved_on__isnull", False), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="appraisal_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("branch_resolved_on__isnull", False), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="returned_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            models.Q(("branch_resolved_on__isnull", False), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="held_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True),
                            models.Q(("branch_resolved_on__isnull", False), ("received_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="asked_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "awaiting"), _negated=True),
                            models.Q(
                                ("branch_resolved_on__isnull", False),
                                ("received_on__isnull", False),
                                ("put_forward_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="awaiting_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("branch_resolved_on__isnull", False), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decided_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "probationary"), _negated=True),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("ceremony_on__isnull", False),
                                ("probation_ends_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="probationary_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "converting"), _negated=True),
                            models.Q(
                                ("ceremony_on__isnull", False),
                                ("probation_ends_on__isnull", False),
                                ("conversion_resolved_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="converting_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "official"), _negated=True),
                            models.Q(
                                ("ceremony_on__isnull", False),
                                ("probation_ends_on__isnull", False),
                                ("conversion_decided_on__isnull", False),
                                ("official_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="official_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "annulled"), _negated=True),
                            models.Q(("decided_on__isnull", False), ("annulled_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="annulled_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "left"), _negated=True),
                            models.Q(("decided_on__isnull", False), ("left_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="left_implies_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None),
                            (
                                "state__in",
                                ["decided", "probationary", "converting", "official", "left", "annulled"],
                            ),
                            _connector="OR",
                        ),
                        name="only_the_admitted_are_decided",
                    ),
                    *(_in_order(earlier, later) for earlier, later in combinations(DATES, 2)),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ID,
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="events",
                        to="admissions.dossier",
                    ),
                ),
                ("no", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=20)),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=STATES,
                        max_length=14,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=STATES,
                        max_length=14,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=notation.dates.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facts",
                    models.JSONField(default=dict, encoder=DjangoJSONEncoder),
                ),
            ],
            options={
                "verbose_name": "diễn biến",
                "ordering": ["no"],
                "constraints": [models.UniqueConstraint(fields=("dossier", "no"), name="event_in_its_place")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ID,
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="papers",
                        to="admissions.dossier",
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="Mẫu")),
                ("had", models.BooleanField(default=True, verbose_name="Đã có")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="Số")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="Ngày")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Ghi chú")),
            ],
            options={
                "verbose_name": "giấy tờ",
                "constraints": [models.UniqueConstraint(fields=("dossier", "code"), name="paper_once")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ID,
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="meetings",
                        to="branches.organisation",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=BODIES,
                        max_length=8,
                    ),
                ),
                ("held_on", models.DateField(verbose_name="Ngày họp")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="Số nghị quyết đầu")),
                ("members", models.PositiveSmallIntegerField(verbose_name="Đảng viên chính thức")),
                (
                    "away",
                    models.PositiveSmallIntegerField(default=0, verbose_name="Chuyển sinh hoạt tạm thời"),
                ),
                ("exempt", models.PositiveSmallIntegerField(default=0, verbose_name="Miễn sinh hoạt, vắng")),
                ("present", models.PositiveSmallIntegerField(verbose_name="Có mặt")),
                (
                    "probationary",
                    models.PositiveSmallIntegerField(default=0, verbose_name="Dự bị, không biểu quyết"),
                ),
                ("chair", models.CharField(blank=True, max_length=120, verbose_name="Chủ trì")),
                ("secretary", models.CharField(blank=True, max_length=120, verbose_name="Thư ký")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=notation.dates.now)),
            ],
            options={
                "verbose_name": "cuộc họp",
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ID,
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="votes",
                        to="admissions.dossier",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="votes",
                        to="admissions.meeting",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=BODIES,
                        max_length=8,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("admission", "Kết nạp"), ("conversion", "Công nhận chính thức")],
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField(verbose_name="Ngày họp")),
                ("number", models.CharField(max_length=40, verbose_name="Số nghị quyết")),
                ("members", models.PositiveSmallIntegerField(verbose_name="Đảng viên chính thức")),
                (
                    "excluded",
                    models.PositiveSmallIntegerField(default=0, verbose_name="Được trừ theo quy định"),
                ),
                ("present", models.PositiveSmallIntegerField(verbose_name="Có mặt")),
                ("agree", models.PositiveSmallIntegerField(verbose_name="Đồng ý")),
                ("disagree", models.PositiveSmallIntegerField(verbose_name="Không đồng ý")),
                ("needed", models.PositiveSmallIntegerField(editable=False)),
                ("passed", models.BooleanField(editable=False)),
            ],
            options={
                "verbose_name": "biểu quyết",
                "ordering": ["held_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("excluded__lt", models.F("members"))), name="vote_has_a_base"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present__lte",
                                CombinedExpression(models.F("members"), "-", models.F("excluded")),
                            )
                        ),
                        name="vote_present_within_base",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present__gte",
                                CombinedExpression(models.F("agree"), "+", models.F("disagree")),
                            )
                        ),
                        name="vote_ballots_within_present",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agree__gte", models.F("needed")), ("passed", True)),
                            models.Q(("agree__lt", models.F("needed")), ("passed", False)),
                            _connector="OR",
                        ),
                        name="vote_passes_as_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ID,
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="documents",
                        to="branches.organisation",
                    ),
                ),
                ("symbol", models.CharField(max_length=20, verbose_name="Ký hiệu")),
                ("term_since", models.DateField(verbose_name="Nhiệm kỳ từ")),
                ("serial", models.PositiveSmallIntegerField(verbose_name="Số")),
                ("number", models.CharField(max_length=40, verbose_name="Số, ký hiệu")),
                ("dated_on", models.DateField(verbose_name="Ngày")),
                ("dossiers", models.ManyToManyField(related_name="documents", to="admissions.dossier")),
            ],
            options={
                "verbose_name": "văn bản",
                "ordering": ["serial"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "symbol", "term_since", "serial"),
                        name="document_number_once_a_term",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ID,
                ("kind", models.CharField(max_length=12, verbose_name="Văn bản")),
                ("layout", models.CharField(max_length=20, verbose_name="Thể thức")),
                ("name", models.CharField(max_length=120, verbose_name="Tên tệp")),
                ("data", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=notation.dates.now)),
                ("until", models.DateTimeField(null=True, verbose_name="Dùng đến")),
            ],
            options={
                "verbose_name": "mẫu văn bản",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("kind", "layout"),
                        name="one_template_a_layout",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ID,
                ("on", models.DateField(unique=True, verbose_name="Ngày")),
                (
                    "kind",
                    models.CharField(
                        choices=[("off", "Ngày nghỉ"), ("work", "Làm bù")],
                        default="off",
                        max_length=4,
                        verbose_name="Loại",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Tên")),
            ],
            options={
                "verbose_name": "ngày nghỉ, làm bù",
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                ID,
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("give_back", "Trả lại để bổ sung"),
                            ("hold", "Để lại chờ thẩm tra"),
                            ("refuse", "Không kết nạp"),
                            ("set_aside", "Cuộc họp để lại"),
                            ("withdraw", "Đưa ra khỏi danh sách"),
                            ("extend", "Gia hạn"),
                        ],
                        max_length=12,
                        verbose_name="Dùng khi",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="Lý do")),
                ("active", models.BooleanField(default=True, verbose_name="Đang dùng")),
            ],
            options={
                "verbose_name": "lý do",
                "ordering": ["use", "pk"],
                "constraints": [models.UniqueConstraint(fields=("use", "text"), name="reason_once")],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ID,
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("on", models.DateField()),
                ("lines", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "thư nhắc hạn",
                "constraints": [models.UniqueConstraint(fields=("user", "on"), name="one_digest_a_day")],
            },
        ),
        migrations.RunPython(load_starting_lists, migrations.RunPython.noop),
        migrations.RunPython(protect_events, migrations.RunPython.noop),
    ]
