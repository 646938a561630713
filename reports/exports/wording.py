"""The words of a report: the sentence composed from its figures, and what was typed for its period."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.exceptions import Refused
from branches.models import Organisation, within_scope
from notation.dates import dmy, today
from notation.numbers import format_number
from reports.closing.since import read_changes
from reports.closing.source import Source
from reports.exports.document import print_cell
from reports.exports.form_2 import Report, UnitLine, unit_lines
from reports.exports.form_sets import find_form_set
from reports.models import ReportText
from reports.pages import sentence
from reports.pages.shares import shares_in_words
from reports.periods import ROMAN, Period
from reports.quotas.attainment import round_half_up
from reports.quotas.membership import Rate

MOST_WORDS = ReportText._meta.get_field("difficulties").max_length or 0


def report_title(period: Period) -> str:
    year = period.first.year
    if period.is_year:
        return _("Kết quả kết nạp đảng viên năm %(year)d") % {"year": year}
    if period.is_quarter:
        words = _("Kết quả kết nạp đảng viên quý %(n)s năm %(year)d")
        return words % {"n": ROMAN[period.number - 1], "year": year}
    return _("Kết quả kết nạp đảng viên %(period)s") % {"period": period}


def counting_basis(counted_by: str) -> str:
    """By which date an admission counts; `counted_by` is "decision" or "ceremony"."""
    if counted_by == "ceremony":
        return _("Kỳ tính theo ngày lễ kết nạp.")
    return _("Kỳ tính theo ngày ký quyết định kết nạp.")


def same_days_note(source: Source) -> str:
    """Up to which day the year before is counted while the period runs; "" otherwise."""
    before = source.year_before()
    if before is None or not source.period.includes(today()):
        return ""
    return _("Kỳ đang chạy: năm trước cũng chỉ tính đến ngày %(day)s.") % {"day": dmy(before.period.last)}


def place_and_days(source: Source) -> str:
    """Which units and days are counted, and by which date."""
    words = _("%(unit)s, từ %(first)s đến %(last)s. %(basis)s") % {
        "unit": source.group.title,
        "first": dmy(source.period.first),
        "last": dmy(source.period.last),
        "basis": counting_basis(source.counted_by),
    }
    note = find_form_set(source.period.last).note
    structure = _("Theo cơ cấu hôm nay.") if source.group.today else ""
    return " ".join(filter(None, [words, structure, same_days_note(source), str(note)]))


def report_words(report: Report) -> dict[str, str]:
    """{column of a `Document`: words} of a report: its title, days, basis, opening, and what was typed for it."""
    source = report.source
    text = report_text_of(source.group.single, source.period)
    return {
        "title": report_title(source.period),
        "place": place_and_days(source),
        "basis": " ".join(
            filter(
                None,
                [counting_basis(source.counted_by), str(report.form.note), unconfirmed_note(source)],
            )
        ),
        "opening": opening_sentences(source, report.total),
        "difficulties": text.difficulties if text else "",
        "tasks": text.tasks if text else "",
    }


def unconfirmed_note(source: Source) -> str:
    """Which units of a closed report had not confirmed their figures then; "" where all had or none was asked."""
    if source.closing is None or not source.closing.unconfirmed:
        return ""
    paths = [unit.path for unit in source.group.units]
    units = Organisation.objects.filter(within_scope(paths), pk__in=source.closing.unconfirmed)
    names = ", ".join(unit.short_name for unit in sorted(units, key=lambda unit: unit.place_in_tables))
    return _("Khi khóa quý, chưa xác nhận số liệu: %(units)s.") % {"units": names} if names else ""


def opening_sentences(source: Source, total: UnitLine | None = None) -> str:
    """The opening sentences, without links: what was reached and by whom, since when, and against the year before.

    `total` is the line of the whole unit where it has been counted already.
    """
    total = total or unit_lines(source)[0]
    sentences = (
        _first(source, total),
        shares_in_words(source.counts),
        _since(source.period, total),
        _rate(source.period, total),
        _compared(total),
    )
    return " ".join(words for words in sentences if words)


def _first(source, total):
    """The sentence of the pages; of several units it says the sum and names them."""
    if unit := source.group.single:
        changes = None if source.closing else read_changes(unit)
        register = sentence.Register(unit, {source.period: source.counts}, changes)
        return sentence.opening_paragraph(register, source.period).plain
    admitted, rural = (sentence.Linked(total.now[key], "") for key in ("admitted", "rural"))
    values = {
        "when": sentence.when_in_words(source.period),
        "units": source.group.title,
        "admitted": admitted,
    }
    first = sentence.Clause(_("%(when)s, %(units)s kết nạp %(admitted)s đảng viên"), values)
    rest = sentence.Figures(admitted, rural, None).rest()
    return sentence.Paragraph((first, *rest, sentence.Clause("."))).plain


def _since(period, total):
    """The year up to the end of a part of it, against the year's quota."""
    if period.is_year or period.is_term or period.spans_years:
        return ""
    words, reached = "", ""
    if total.cumulative != total.now["admitted"]:
        words = _("Lũy kế từ đầu năm kết nạp %(n)s đảng viên") % {"n": format_number(total.cumulative)}
    if total.percent is not None:
        share = print_cell(round_half_up(total.percent), "percent")
        facts = {"share": share, "quota": format_number(total.quota)}
        reached = _("đạt %(share)s%% chỉ tiêu năm (%(quota)s)") % facts
    said = ", ".join(part for part in (words, reached) if part)
    return f"{capfirst(said)}." if said else ""


def _rate(period, total):
    """What was admitted this year against the members at its start."""
    words = Rate(total.cumulative, total.members).words
    if not words:
        return ""
    said = _("Tỷ lệ kết nạp %(rate)s.") if period.is_year else _("Tỷ lệ kết nạp từ đầu năm %(rate)s.")
    return said % {"rate": words}


def _compared(total):
    """This period against the same one a year before."""
    now, before = total.now["admitted"], total.before["admitted"]
    if before is None:
        return ""
    facts = {"before": format_number(before), "by": format_number(abs(now - before))}
    if now == before:
        return _("Cùng kỳ năm trước cũng kết nạp %(before)s đảng viên.") % facts
    if now > before:
        return _("Cùng kỳ năm trước kết nạp %(before)s đảng viên, kỳ này tăng %(by)s.") % facts
    return _("Cùng kỳ năm trước kết nạp %(before)s đảng viên, kỳ này giảm %(by)s.") % facts


def report_text_of(unit: Organisation | None, period: Period) -> ReportText | None:
    """The text that holds for a unit and period, None without one; several units have none of their own."""
    return report_text_versions(unit, period).first() if unit else None


def report_text_versions(unit: Organisation, period: Period) -> QuerySet[ReportText]:
    """Every text that was kept, the newest first."""
    return ReportText.objects.filter(unit=unit, period=period.code).select_related("by").order_by("-pk")


def keep_report_text(
    unit: Organisation, period: Period, *, by: User, difficulties: str, tasks: str
) -> ReportText:
    """Keep what was typed beside what was there before; the same words again are no new version."""
    with transaction.atomic():
        last = report_text_of(unit, period)
        if last is not None and (last.difficulties, last.tasks) == (difficulties, tasks):
            return last
        return ReportText.objects.create(
            unit=unit, period=period.code, difficulties=difficulties, tasks=tasks, by=by
        )


@transaction.atomic
def add_difficulty_words(unit: Organisation, period: Period, words: str, *, by: User) -> ReportText:
    """Keep `words` as one more paragraph of the difficulties of a unit's period, where it can be changed.

    What stands there already is not added again. Raises `Refused` where there is no room for it.
    """
    text = report_text_of(unit, period)
    standing, tasks = (text.difficulties, text.tasks) if text else ("", "")
    if text and words in standing:
        return text
    difficulties = "\n".join(filter(None, [standing, words]))
    if len(difficulties) > MOST_WORDS:
        problem = _("Phần khó khăn của báo cáo %(period)s đã dài %(n)s ký tự, không đủ chỗ. Chưa ghi gì.")
        raise Refused(problem % {"period": period, "n": format_number(len(standing))})
    return keep_report_text(unit, period, by=by, difficulties=difficulties, tasks=tasks)
