"""The facts of an admission, frozen on the day of the decision. A new fact is a column here and a row of `READ_FROM`.

Labels, the check of all or none, the columns that the triggers watch, the entries of a closed quarter and the detail
list follow from the two.
"""

from operator import attrgetter

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from admissions.choices import AcademicTitle, Education, Occupation, Qualification, Sex
from admissions.models.candidate import Ethnicity, Religion
from branches.models import Organisation


def _frozen(kind, *args, **options):
    """A fact as at admission: empty before it, kept for good after it."""
    return kind(*args, null=True, editable=False, **options)


def _frozen_unit(label, **options):
    return _frozen(
        models.ForeignKey, Organisation, models.PROTECT, verbose_name=label, related_name="+", **options
    )


class AdmissionFacts(models.Model):
    """What the statistics need to know of an admission, as it was on the day of the decision.

    Written once by the act of admission, all of it or none. A person ages, a branch ends; the figures of a past
    year stay. The same columns carry the entries of a closed quarter.
    """

    decided_on = _frozen(models.DateField, gettext_lazy("Ngày ký quyết định kết nạp"))
    ceremony_on = _frozen(models.DateField, gettext_lazy("Ngày lễ kết nạp"))
    admitted_branch = _frozen_unit(gettext_lazy("Chi bộ"))
    admitted_commune = _frozen_unit(gettext_lazy("Đảng bộ"), db_index=False)
    admitted_rural = _frozen(models.BooleanField, gettext_lazy("Chi bộ nông thôn"))
    admitted_sex = _frozen(models.CharField, gettext_lazy("Giới tính"), max_length=6, choices=Sex.choices)
    admitted_age = _frozen(models.PositiveSmallIntegerField, gettext_lazy("Tuổi"))
    admitted_minority = _frozen(models.BooleanField, gettext_lazy("Dân tộc thiểu số"))
    admitted_religious = _frozen(models.BooleanField, gettext_lazy("Người theo tôn giáo"))
    admitted_youth = _frozen(models.BooleanField, gettext_lazy("Đoàn viên"))
    admitted_owner = _frozen(models.BooleanField, gettext_lazy("Chủ doanh nghiệp tư nhân"))
    admitted_policy_breach = _frozen(
        models.BooleanField, gettext_lazy("Vi phạm chính sách kế hoạch hóa gia đình")
    )
    admitted_foreign_spouse = _frozen(models.BooleanField, gettext_lazy("Kết hôn với người nước ngoài"))
    admitted_again = _frozen(models.BooleanField, gettext_lazy("Kết nạp lại"))
    admitted_occupation = _frozen(
        models.CharField, gettext_lazy("Nghề nghiệp"), max_length=20, choices=Occupation.choices
    )
    admitted_education = _frozen(
        models.CharField, gettext_lazy("Học vấn"), max_length=16, choices=Education.choices
    )
    admitted_qualification = _frozen(
        models.CharField, gettext_lazy("Chuyên môn"), max_length=16, choices=Qualification.choices
    )
    admitted_title = _frozen(
        models.CharField, gettext_lazy("Chức danh khoa học"), max_length=12, choices=AcademicTitle.choices
    )

    admitted_demobilised = _frozen(models.BooleanField, gettext_lazy("Bộ đội xuất ngũ"))

    class Meta:
        abstract = True


LATER = ("admitted_demobilised",)
"""Facts that the register began to keep later: unknown, without a value, of the admissions before. New ones go last."""


class PrintedFacts(models.Model):
    """What the lists of an admission print of the person, and Biểu 2B counts, as it was on the day of the decision.

    An entry of a closed quarter keeps the words themselves.
    """

    admitted_born_on = _frozen(models.DateField, gettext_lazy("Ngày sinh"))
    admitted_ethnicity = _frozen(
        models.ForeignKey,
        Ethnicity,
        models.PROTECT,
        verbose_name=gettext_lazy("Dân tộc"),
        related_name="+",
        db_index=False,
    )
    admitted_religion = _frozen(
        models.ForeignKey,
        Religion,
        models.PROTECT,
        verbose_name=gettext_lazy("Tôn giáo"),
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True


DATES = ("decided_on", "ceremony_on")
"""The two dates of an admission; acts set them, nothing is read from elsewhere."""


def _age(dossier):
    """Whole years on the day of the decision."""
    born, day = dossier.candidate.born_on, dossier.decided_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


READ_FROM = {
    "admitted_branch": attrgetter("branch"),
    "admitted_commune": attrgetter("commune"),
    "admitted_rural": attrgetter("branch.rural"),
    "admitted_sex": attrgetter("candidate.sex"),
    "admitted_age": _age,
    "admitted_minority": attrgetter("candidate.ethnicity.minority"),
    "admitted_religious": attrgetter("candidate.religion.follower"),
    "admitted_youth": attrgetter("candidate.in_youth_union"),
    "admitted_owner": attrgetter("candidate.business_owner"),
    "admitted_policy_breach": attrgetter("candidate.family_policy_breach"),
    "admitted_foreign_spouse": attrgetter("candidate.foreign_spouse"),
    "admitted_again": attrgetter("readmission"),
    "admitted_occupation": attrgetter("candidate.occupation"),
    "admitted_education": attrgetter("candidate.education"),
    "admitted_qualification": attrgetter("candidate.qualification"),
    "admitted_title": attrgetter("candidate.academic_title"),
    "admitted_demobilised": attrgetter("candidate.demobilised"),
    "admitted_born_on": attrgetter("candidate.born_on"),
    "admitted_ethnicity": attrgetter("candidate.ethnicity"),
    "admitted_religion": attrgetter("candidate.religion"),
}
"""{column: how the act of admission reads it from the dossier, on the day of the decision}."""


def fact_names(facts: type[models.Model] = AdmissionFacts) -> list[str]:
    """The names of the facts that the act of admission fills beside the date, in order."""
    return [field.name for field in facts._meta.local_fields if field.name not in DATES]


def all_or_none(facts: type[models.Model] = AdmissionFacts) -> Q:
    """A condition: the date of the decision and every fact are there, or none of them; those of `LATER` may lack."""
    names = ["decided_on", *(name for name in fact_names(facts) if name not in LATER)]
    none, every = (Q(*((f"{name}__isnull", empty) for name in names)) for empty in (True, False))
    return none | every
