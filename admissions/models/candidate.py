"""The person: someone whom a branch follows as a source of new members."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admissions.choices import AcademicTitle, Education, Occupation, Qualification, Sex
from notation import vietnamese


class Ethnicity(models.Model):
    """An ethnic group of the national list; administrators may add to it."""

    code = models.CharField(_("Mã"), max_length=4, unique=True)
    name = models.CharField(_("Dân tộc"), max_length=60, unique=True)
    minority = models.BooleanField(_("Dân tộc thiểu số"), default=True)
    sort_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("dân tộc")
        ordering = ["minority", "sort_key"]

    def __str__(self):
        return self.name


class Religion(models.Model):
    """A recognised religion, or none."""

    code = models.CharField(_("Mã"), max_length=4, unique=True)
    name = models.CharField(_("Tôn giáo"), max_length=80, unique=True)
    follower = models.BooleanField(_("Là người theo tôn giáo"), default=True)
    sort_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("tôn giáo")
        ordering = ["follower", "sort_key"]

    def __str__(self):
        return self.name


class Candidate(models.Model):
    """What is known of a person today. What counted on the day of admission is frozen on the dossier."""

    full_name = models.CharField(_("Họ và tên"), max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=700, editable=False)
    born_on = models.DateField(_("Ngày sinh"))
    sex = models.CharField(_("Giới tính"), max_length=6, choices=Sex.choices)
    citizen_id = models.CharField(_("Số CMND hoặc định danh"), max_length=12, blank=True)
    # Without an index: nearly everyone has the same, and no one is looked up by these.
    ethnicity = models.ForeignKey(Ethnicity, models.PROTECT, db_index=False, verbose_name=_("Dân tộc"))
    religion = models.ForeignKey(Religion, models.PROTECT, db_index=False, verbose_name=_("Tôn giáo"))
    home_place = models.CharField(_("Quê quán"), max_length=200)
    residence = models.CharField(_("Nơi ở hiện nay"), max_length=200)
    occupation = models.CharField(_("Nghề nghiệp (Biểu 2)"), max_length=20, choices=Occupation.choices)
    education = models.CharField(_("Học vấn phổ thông"), max_length=16, choices=Education.choices)
    qualification = models.CharField(
        _("Trình độ chuyên môn cao nhất"),
        max_length=16,
        choices=Qualification.choices,
        default=Qualification.NONE,
    )
    academic_title = models.CharField(
        _("Chức danh khoa học"), max_length=12, choices=AcademicTitle.choices, default=AcademicTitle.NONE
    )
    in_youth_union = models.BooleanField(_("Đoàn TNCS Hồ Chí Minh"), default=False)
    in_womens_union = models.BooleanField(_("Hội Phụ nữ"), default=False)
    in_trade_union = models.BooleanField(_("Công đoàn"), default=False)
    in_farmers_union = models.BooleanField(_("Hội Nông dân"), default=False)
    in_veterans_union = models.BooleanField(_("Hội Cựu chiến binh"), default=False)
    business_owner = models.BooleanField(_("Chủ doanh nghiệp tư nhân"), default=False)
    family_policy_breach = models.BooleanField(_("Vi phạm chính sách kế hoạch hóa gia đình"), default=False)
    foreign_spouse = models.BooleanField(_("Kết hôn với người nước ngoài"), default=False)

    class Meta:
        verbose_name = _("quần chúng ưu tú")
        # Not `db_index`, which on PostgreSQL makes a second index for LIKE 'x%': no name is searched by its beginning.
        indexes = [
            models.Index(fields=["search_name"], name="candidate_search_name"),
            models.Index(fields=["sort_key"], name="candidate_sort_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id"], condition=~Q(citizen_id=""), name="citizen_id_once"
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.full_name = vietnamese.clean(self.full_name)
        self.search_name = vietnamese.fold(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def masked_id(self) -> str:
        """The identity number with its middle hidden; lists and pages show no more than this."""
        return f"{self.citizen_id[:3]} *** {self.citizen_id[-3:]}" if self.citizen_id else ""
