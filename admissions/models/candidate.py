"""The person: someone whom a branch follows as a source of new members."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from admissions.choices import AcademicTitle, Education, Occupation, Qualification, Sex
from admissions.models.source import PriorityGroup
from notation import vietnamese
from notation.births import DAY, PRECISIONS, Birth


class Ethnicity(models.Model):
    """An ethnic group of the national list; administrators may add to it."""

    code = models.CharField(gettext_lazy("Mã"), max_length=4, unique=True)
    name = models.CharField(gettext_lazy("Dân tộc"), max_length=60, unique=True)
    minority = models.BooleanField(gettext_lazy("Dân tộc thiểu số"), default=True)
    sort_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = gettext_lazy("dân tộc")
        ordering = ["minority", "sort_key"]

    def __str__(self):
        return self.name


class Religion(models.Model):
    """A recognised religion, or none."""

    code = models.CharField(gettext_lazy("Mã"), max_length=4, unique=True)
    name = models.CharField(gettext_lazy("Tôn giáo"), max_length=80, unique=True)
    follower = models.BooleanField(gettext_lazy("Là người theo tôn giáo"), default=True)
    sort_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = gettext_lazy("tôn giáo")
        ordering = ["follower", "sort_key"]

    def __str__(self):
        return self.name


class Candidate(models.Model):
    """What is known of a person today. What counted on the day of admission is frozen on the dossier.

    `version` counts the changes. The living dossier alone changes a person; one that ended keeps what was.
    """

    full_name = models.CharField(gettext_lazy("Họ và tên"), max_length=120)
    search_name = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=700, editable=False)
    born_on = models.DateField(gettext_lazy("Ngày sinh"))
    born_precision = models.CharField(
        gettext_lazy("Biết ngày sinh đến"), max_length=5, choices=PRECISIONS, default=DAY, editable=False
    )
    sex = models.CharField(gettext_lazy("Giới tính"), max_length=6, choices=Sex.choices)
    citizen_id = models.CharField(gettext_lazy("Số CMND hoặc định danh"), max_length=12, blank=True)
    # Without an index: nearly everyone has the same, and no one is looked up by these.
    ethnicity = models.ForeignKey(
        Ethnicity, models.PROTECT, db_index=False, verbose_name=gettext_lazy("Dân tộc")
    )
    religion = models.ForeignKey(
        Religion, models.PROTECT, db_index=False, verbose_name=gettext_lazy("Tôn giáo")
    )
    home_place = models.CharField(gettext_lazy("Quê quán"), max_length=200)
    residence = models.CharField(gettext_lazy("Nơi ở hiện nay"), max_length=200)
    occupation = models.CharField(
        gettext_lazy("Nghề nghiệp (Biểu 2)"), max_length=20, choices=Occupation.choices
    )
    education = models.CharField(gettext_lazy("Học vấn phổ thông"), max_length=16, choices=Education.choices)
    qualification = models.CharField(
        gettext_lazy("Trình độ chuyên môn cao nhất"),
        max_length=16,
        choices=Qualification.choices,
        default=Qualification.NONE,
    )
    academic_title = models.CharField(
        gettext_lazy("Chức danh khoa học"),
        max_length=12,
        choices=AcademicTitle.choices,
        default=AcademicTitle.NONE,
    )
    in_youth_union = models.BooleanField(gettext_lazy("Đoàn TNCS Hồ Chí Minh"), default=False)
    in_womens_union = models.BooleanField(gettext_lazy("Hội Phụ nữ"), default=False)
    in_trade_union = models.BooleanField(gettext_lazy("Công đoàn"), default=False)
    in_farmers_union = models.BooleanField(gettext_lazy("Hội Nông dân"), default=False)
    in_veterans_union = models.BooleanField(gettext_lazy("Hội Cựu chiến binh"), default=False)
    business_owner = models.BooleanField(gettext_lazy("Chủ doanh nghiệp tư nhân"), default=False)
    demobilised = models.BooleanField(gettext_lazy("Bộ đội xuất ngũ"), default=False)
    family_policy_breach = models.BooleanField(
        gettext_lazy("Vi phạm chính sách kế hoạch hóa gia đình"), default=False
    )
    foreign_spouse = models.BooleanField(gettext_lazy("Kết hôn với người nước ngoài"), default=False)
    groups = models.ManyToManyField(
        PriorityGroup, blank=True, related_name="people", verbose_name=gettext_lazy("Nhóm ưu tiên")
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    ticked: "list[PriorityGroup] | None" = None
    """The groups to be ticked when the person is saved; None leaves them as they are."""

    class Meta:
        verbose_name = gettext_lazy("quần chúng ưu tú")
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

    def save(self, *args, **kwargs) -> None:
        self.full_name = vietnamese.clean_name(self.full_name)
        self.search_name = vietnamese.fold(self.full_name)
        self.sort_key = vietnamese.name_key(self.full_name)
        super().save(*args, **kwargs)
        if self.ticked is not None:
            self.groups.set(self.ticked)

    @property
    def birth(self) -> Birth:
        """The date of birth as far as it is known."""
        return Birth(self.born_on, self.born_precision)

    @property
    def masked_id(self) -> str:
        """The identity number with its middle hidden; lists and pages show no more than this."""
        return f"{self.citizen_id[:3]} *** {self.citizen_id[-3:]}" if self.citizen_id else ""

    def as_kept(self) -> dict[str, Any]:
        """{column: value} of this person, for a dossier that ended (`Dossier.person_was`)."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}

    @classmethod
    def from_kept(cls, values: dict[str, Any]) -> Self:
        """The person that `as_kept` wrote down, unsaved; what is not in `values` has its default."""
        columns = {field.attname: field for field in cls._meta.concrete_fields}
        known = {name: value for name, value in values.items() if name in columns}
        return cls(**{name: columns[name].to_python(value) for name, value in known.items()})
