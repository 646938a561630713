"""What a candidate must fulfil on the day the branch meets: age, education, the awareness certificate."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from admissions import procedure
from admissions.choices import Education, Leaving
from admissions.models import Dossier
from notation.births import tell_age
from notation.dates import add_months, dmy, split_dates


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
    def mark(self) -> str:
        return {True: "ok", False: "lack", None: "wait"}[self.met]


def age_in_months(born_on: date, on: date) -> int:
    """Whole months from the month of birth to the month of `on`: the branch counts by month (QĐ 29, 1.1)."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month


def check_conditions(dossier: Dossier, on: date, *, consent: str = "") -> list[Condition]:
    """The conditions of `dossier` for a branch meeting on `on`, by the procedure that binds or would bind it.

    `consent` is the number and date of the provincial standing committee's consent, needed above the highest age.
    What a version has from a secondary source is shown, and never blocks.
    """
    version = (
        procedure.get_version(dossier.procedure) if dossier.procedure else procedure.version_in_force(on)
    )
    rules = version.conditions
    checks = [
        _age(dossier.candidate.birth, on, rules, consent or dossier.province_consent),
        _education(dossier, rules),
        _certificate(dossier.certified_on, on, rules),
    ]
    if not rules.binding:
        checks = [replace(condition, blocks=False) for condition in checks]
    if dossier.readmission:
        again = _readmission(dossier, on, version.readmission)
        checks += (
            again
            if version.readmission.confidence == "verified"
            else [replace(c, blocks=False) for c in again]
        )
    return checks


def with_number_and_date(text: str) -> bool:
    """Whether `text` names a document by its number and its date, as a consent has to be."""
    rest, dates = split_dates(text)
    return bool(dates) and any(char.isdigit() for char in rest)


def _age(birth, on, rules, consent):
    low, high = rules.age_min_months // 12, rules.age_max_months // 12
    label = _("Đủ %(y)d tuổi tính theo tháng") % {"y": low}
    value = tell_age(birth, on)
    oldest, youngest = age_in_months(birth.on, on), age_in_months(birth.latest, on)
    if oldest < rules.age_min_months:
        since = f"{add_months(birth.on, rules.age_min_months):%m/%Y}"
        words = _("Chưa đủ %(y)d tuổi: ngày chi bộ họp mới %(value)s, đủ tuổi từ tháng %(since)s.")
        sentence = words % {"y": low, "value": value, "since": since}
        return Condition("age", label, _("từ %(m)s") % {"m": since}, False, True, sentence)
    by_year = rules.age_max_by == "year"
    counted = 12 * (on.year - birth.on.year) if by_year else youngest
    consented = with_number_and_date(consent)
    if counted > rules.age_max_months and not consented:
        words = _("Quá %(y)d tuổi (%(value)s): cần số và ngày văn bản đồng ý của Ban Thường vụ Tỉnh ủy.")
        return Condition("age", label, value, False, True, words % {"y": high, "value": value})
    perhaps_over = oldest > rules.age_max_months and not by_year and not consented
    if youngest < rules.age_min_months or perhaps_over:
        words = _(
            "Chỉ biết năm sinh %(born)s, chưa rõ đã đủ hay quá tuổi: xem giấy tờ rồi ghi cả tháng sinh."
        )
        return Condition("age", label, value, None, sentence=words % {"born": birth})
    return Condition("age", label, value, True)


def _education(dossier, rules):
    education, order = dossier.candidate.education, list(Education)
    label = _("Tốt nghiệp %(level)s trở lên") % {"level": Education(rules.education_min).label}
    value = Education(education).label
    if order.index(education) >= order.index(rules.education_min):
        return Condition("education", label, value, True)
    if dossier.education_exception:
        return Condition("education", label, _("%(level)s, có lý do") % {"level": value}, True)
    sentence = _("Học vấn %(value)s: cần ghi lý do được xét kết nạp khi chưa tốt nghiệp %(level)s.") % {
        "value": value,
        "level": Education(rules.education_min).label,
    }
    return Condition("education", label, value, False, rules.education_blocks, sentence)


def _certificate(certified_on, on, rules):
    label = _("Giấy chứng nhận lớp nhận thức còn trong %(n)d tháng") % {"n": rules.certificate_months}
    if certified_on is None:
        sentence = _("Chưa ghi giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng.")
        return Condition("certificate", label, _("chưa học"), None, True, sentence)
    until = add_months(certified_on, rules.certificate_months)
    value = _("đến %(day)s") % {"day": dmy(until)}
    if certified_on > on or on > until:
        sentence = _("Giấy chứng nhận lớp nhận thức cấp %(from)s có giá trị đến %(until)s; phải học lại.") % {
            "from": dmy(certified_on),
            "until": dmy(until),
        }
        return Condition("certificate", label, value, False, True, sentence)
    return Condition("certificate", label, value, True)


def _readmission(dossier, on, rules):
    """Admission once more: long enough after leaving, with the province's consent, once, and not after everything."""
    checks = [_once(dossier), _consented(dossier), _may_return(dossier, rules)]
    label = _("Đủ thời gian từ khi ra khỏi Đảng")
    if dossier.left_before_on is None:
        sentence = _("Chưa ghi ngày ra khỏi Đảng lần trước.")
        return [*checks, Condition("readmission", label, _("chưa ghi"), None, True, sentence)]
    minor = dossier.left_before_how == Leaving.MINOR_CRIME
    months = rules.months_after_minor_crime if minor else rules.months
    since = add_months(dossier.left_before_on, months)
    value = _("từ %(m)s") % {"m": dmy(since)}
    sentence = _("Kết nạp lại sau ít nhất %(n)d tháng: từ %(day)s (%(clause)s).") % {
        "n": months,
        "day": dmy(since),
        "clause": rules.clause,
    }
    return [*checks, Condition("readmission", label, value, on >= since, on < since, sentence)]


def _once(dossier):
    before, row = 0, dossier.previous
    while row is not None:
        before += row.readmission and row.admission_date is not None and row.annulled_on is None
        row = row.previous
    sentence = _("Chỉ kết nạp lại một lần; người này đã được kết nạp lại.")
    value = _("chưa lần nào") if not before else _("đã một lần")
    return Condition("once", _("Kết nạp lại một lần"), value, not before, bool(before), sentence)


def _consented(dossier):
    met = with_number_and_date(dossier.province_consent)
    sentence = _("Kết nạp lại cần số và ngày văn bản đồng ý của Ban Thường vụ Tỉnh ủy.")
    value = dossier.province_consent or _("chưa ghi")
    return Condition("consent", _("Ban Thường vụ Tỉnh ủy đồng ý"), value, met, not met, sentence)


def _may_return(dossier, rules):
    how = dossier.left_before_how
    met = bool(how) and how not in rules.excluded
    value = dossier.get_left_before_how_display() or _("chưa ghi")
    sentence = _("Không xét kết nạp lại người ra khỏi Đảng vì lý do này (%(clause)s).")
    if not how:
        sentence = _("Chưa ghi vì sao ra khỏi Đảng lần trước (%(clause)s).")
    words = sentence % {"clause": rules.clause}
    return Condition("left_how", _("Lý do ra khỏi Đảng lần trước"), value, met, not met, words)
