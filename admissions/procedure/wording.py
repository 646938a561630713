"""A version of the procedure in words, as its own page and the comparison of two versions print it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from admissions.choices import Body, Decider, Education, Exclusion, Leaving
from admissions.procedure.spec import (
    Clock,
    Conditions,
    PaperRule,
    Readmission,
    Regulation,
    Step,
    Version,
    VoteRule,
)
from admissions.procedure.vocabulary import EXTENSIONS, PHASES, WHEN
from notation.dates import dmy

SHARES = {
    (2, 3): gettext_lazy("hai phần ba"),
    (1, 2): gettext_lazy("một nửa"),
    (3, 4): gettext_lazy("ba phần tư"),
    (1, 3): gettext_lazy("một phần ba"),
}
"""Shares that have a name; another one is written with its figures."""


def dates_in_force(version: Version) -> str:
    """ "25/07/2016–04/06/2017"; of a version without an end "từ 26/07/2026"."""
    if version.in_force_to is None:
        return _("từ %(day)s") % {"day": dmy(version.in_force_from)}
    return f"{dmy(version.in_force_from)}–{dmy(version.in_force_to)}"


def name_regulation(regulation: Regulation) -> str:
    """A regulation by its number and date, which together name it, with the days it held of the version's time."""
    return " ".join(filter(None, [f"{regulation.symbol}, {dmy(regulation.date)}", span_of(regulation)]))


def span_of(regulation: Regulation) -> str:
    """ "(từ 29/09/2025)", "(đến 28/09/2025)"; "" for what held as long as the version."""
    values = {
        "since": regulation.since and dmy(regulation.since),
        "until": regulation.until and dmy(regulation.until),
    }
    if regulation.since and regulation.until:
        return _("(từ %(since)s đến %(until)s)") % values
    if regulation.since:
        return _("(từ %(since)s)") % values
    return _("(đến %(until)s)") % values if regulation.until else ""


def _months(n):
    return ngettext("%(n)d tháng", "%(n)d tháng", n) % {"n": n}


def _age(months):
    years, rest = divmod(months, 12)
    words = _("%(y)d tuổi") % {"y": years}
    return f"{words} {_months(rest)}" if rest else words


def _listed(labels):
    """Labels of choices, which begin with a capital, as a list inside a sentence."""
    return "; ".join(label[:1].lower() + label[1:] for label in map(str, labels))


def general_rules(version: Version) -> list:
    """Label and words of what holds for the version as a whole."""
    stop = _listed(PHASES[phase] for phase in version.phases_that_block)
    times = ngettext("%(n)d lần", "%(n)d lần", version.conversion_votes) % {"n": version.conversion_votes}
    return [
        (_("Ai quyết định"), str(version.deciding_body)),
        (_("Số lần chi bộ được xét công nhận chính thức"), times),
        (_("Thiếu giấy tờ thì không đi tiếp"), stop or _("không có")),
    ]


def candidate_conditions(rules: Conditions) -> list:
    """Label and words of each condition of a candidate."""
    by = _("tính theo năm sinh") if rules.age_max_by == "year" else _("tính theo tháng")
    least, most = rules.age_min_months, rules.age_max_months
    lowest = _("đủ %(age)s, tính theo tháng (%(months)s)")
    highest = _("%(age)s, %(by)s (%(months)s); quá tuổi phải có Ban Thường vụ Tỉnh ủy đồng ý")
    if rules.education_blocks:
        education = _("tốt nghiệp %(level)s trở lên; chưa tốt nghiệp thì phải ghi lý do mới biểu quyết")
    else:
        education = _("tốt nghiệp %(level)s trở lên; chưa tốt nghiệp thì sổ chỉ nhắc")
    return [
        (_("Tuổi thấp nhất"), lowest % {"age": _age(least), "months": _months(least)}),
        (_("Tuổi cao nhất"), highest % {"age": _age(most), "by": by, "months": _months(most)}),
        (_("Học vấn"), education % {"level": Education(rules.education_min).label}),
        (
            _("Giấy chứng nhận lớp nhận thức"),
            _("còn trong %(months)s") % {"months": _months(rules.certificate_months)},
        ),
        (
            _("Người giới thiệu"),
            _("cùng công tác, cư trú từ %(months)s trở lên") % {"months": _months(rules.introducer_months)},
        ),
        (
            _("Chi bộ"),
            _("có từ %(n)d đảng viên chính thức trở lên") % {"n": rules.official_members_min},
        ),
    ]


def readmission_rules(rules: Readmission) -> list:
    """Label and words of what an admission once more needs."""
    least = _("ít nhất %(months)s")
    return [
        (_("Từ khi ra khỏi Đảng"), least % {"months": _months(rules.months)}),
        (
            _("Từ khi được xóa án tích về tội ít nghiêm trọng"),
            least % {"months": _months(rules.months_after_minor_crime)},
        ),
        (_("Không xét"), _listed(Leaving(reason).label for reason in rules.excluded)),
    ]


def name_body(key: str) -> str:
    """Who votes, by the word of the file."""
    if key == Decider.AUTHORISED:
        return str(Decider.AUTHORISED.label)
    return str(Body(key).label) if key in Body.values else key


def exclusions_in_words(rule: VoteRule) -> str:
    """Whom the base of the vote leaves out, with the clause: "trừ chuyển sinh hoạt tạm thời (HD 01, điểm 3.6b)"."""
    kinds = _listed(Exclusion(kind).label for kind in rule.exclusions)
    words = _("Được trừ: %(kinds)s") % {"kinds": kinds}
    return f"{words} ({rule.exclusions_clause})." if rule.exclusions_clause else f"{words}."


def share_in_words(rule: VoteRule) -> str:
    """The share that a vote needs: "ít nhất hai phần ba số đảng viên chính thức"."""
    n, d = rule.numerator, rule.denominator
    words = _("quá %(share)s số %(base)s") if rule.strict else _("ít nhất %(share)s số %(base)s")
    return words % {"share": SHARES.get((n, d), f"{n}/{d}"), "base": rule.base}


def length_of_clock(clock: Clock) -> str:
    """ "60 ngày làm việc" or "12 tháng"."""
    if clock.unit == "months":
        return _months(clock.length)
    return _days(clock.length)


def _days(n):
    return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", n) % {"n": n}


def clock_in_words(clock: Clock) -> str:
    """The limit with the day it runs from: "60 ngày làm việc kể từ nghị quyết chi bộ"."""
    return _("%(length)s kể từ %(day)s") % {"length": length_of_clock(clock), "day": clock.anchor_name}


def extension_in_words(clock: Clock) -> str:
    """By how much the limit may be extended, "" where there is nothing to extend."""
    if clock.extension:
        more = _months(clock.extension) if clock.unit == "months" else _days(clock.extension)
        return _("gia hạn một lần, không quá %(more)s") % {"more": more}
    return _("không gia hạn") if clock.key in EXTENSIONS else ""


def on_return(clock: Clock) -> str:
    """Whether returning the dossier stops the limit, "" for one that runs while no dossier can be returned."""
    if clock.stops_on_return:
        return _("trả lại hồ sơ thì dừng tính")
    return _("trả lại hồ sơ không dừng") if clock.key in EXTENSIONS else ""


def papers_of(version: Version, step: Step) -> str:
    """The printed form that a step needs or makes, "" when none."""
    forms = {paper.code: paper.form for paper in version.papers}
    made = _("lập %(form)s") % {"form": forms[step.makes]} if step.makes else ""
    needed = _("cần %(form)s") % {"form": forms[step.paper]} if step.paper else ""
    words = ", ".join(filter(None, [needed, made]))
    condition = str(WHEN[step.when].words)
    optional = _("ghi nếu có") if step.optional else ""
    return "; ".join(filter(None, [words, optional, condition]))


def notes_on_paper(paper: PaperRule) -> str:
    """What is to be minded with a paper: hand-written, and when it is asked for at all."""
    hand = _("viết tay") if paper.handwritten else ""
    optional = _("ghi nếu có") if paper.optional else ""
    return "; ".join(filter(None, [hand, optional, str(WHEN[paper.when].words)]))
