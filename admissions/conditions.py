"""What a candidate must fulfil on the day the branch meets: age, education, the awareness certificate."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.models.candidate import Education
from branches.dates import add_months


@dataclass(frozen=True)
class Condition:
    """One condition. `met` is None while something is still to come; `blocks` when the branch cannot vote."""

    key: str
    label: str
    value: str
    met: bool | None
    blocks: bool = False
    sentence: str = ""

    @property
    def mark(self):
        return {True: "ok", False: "lack", None: "wait"}[self.met]


def age_in_months(born_on, on):
    """Whole months from the month of birth to the month of `on`: the branch counts by month (QĐ 29, 1.1)."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month


def of(dossier, on, *, consent=""):
    """The conditions of `dossier` for a branch meeting on `on`, by the procedure that binds or would bind it.

    `consent` is the number of the provincial standing committee's consent, needed above the highest age.
    """
    rules = (procedure.get(dossier.procedure) if dossier.procedure else procedure.in_force(on)).conditions
    return [
        _age(dossier.candidate.born_on, on, rules, consent),
        _education(dossier.candidate.education, rules),
        _certificate(dossier.certified_on, on, rules),
    ]


def _age(born_on, on, rules, consent):
    months = age_in_months(born_on, on)
    value = _("%(y)d tuổi %(m)d tháng") % {"y": months // 12, "m": months % 12}
    label = _("Đủ %(y)d tuổi tính theo tháng") % {"y": rules.age_min_months // 12}
    if months < rules.age_min_months:
        since = add_months(born_on, rules.age_min_months)
        sentence = _("Chưa đủ %(y)d tuổi: ngày chi bộ họp mới %(value)s, đủ tuổi từ tháng %(since)s.") % {
            "y": rules.age_min_months // 12,
            "value": value,
            "since": f"{since:%m/%Y}",
        }
        return Condition("age", label, _("từ %(m)s") % {"m": f"{since:%m/%Y}"}, False, True, sentence)
    if months > rules.age_max_months and not consent:
        sentence = _("Quá %(y)d tuổi (%(value)s): cần số văn bản đồng ý của Ban Thường vụ Tỉnh ủy.") % {
            "y": rules.age_max_months // 12,
            "value": value,
        }
        return Condition("age", label, value, False, True, sentence)
    return Condition("age", label, value, True)


def _education(education, rules):
    order = list(Education)
    met = order.index(education) >= order.index(rules.education_min)
    label = _("Tốt nghiệp %(level)s trở lên") % {"level": Education(rules.education_min).label}
    return Condition("education", label, Education(education).label, met)


def _certificate(certified_on, on, rules):
    label = _("Giấy chứng nhận lớp nhận thức còn trong %(n)d tháng") % {"n": rules.certificate_months}
    if certified_on is None:
        sentence = _("Chưa ghi giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng.")
        return Condition("certificate", label, _("chưa học"), None, True, sentence)
    until = add_months(certified_on, rules.certificate_months)
    value = _("đến %(day)s") % {"day": f"{until:%d/%m/%Y}"}
    if certified_on > on or on > until:
        sentence = _("Giấy chứng nhận lớp nhận thức cấp %(from)s có giá trị đến %(until)s; phải học lại.") % {
            "from": f"{certified_on:%d/%m/%Y}",
            "until": f"{until:%d/%m/%Y}",
        }
        return Condition("certificate", label, value, False, True, sentence)
    return Condition("certificate", label, value, True)
