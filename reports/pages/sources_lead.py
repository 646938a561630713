"""What is said of the source lists in sentences: the lead of their page, and what needs attention."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from admissions.sources import listing
from admissions.sources.remarks import Helped, Helper, remark_period
from notation.dates import dmy, today
from notation.numbers import format_number
from reports import links
from reports.pages.sentence import Clause, Link, Linked, Paragraph
from reports.pages.sources import BELOW, SourcesPage

NAMED = 5
"""How many people or branches a sentence names."""


def lead_of_sources(page: SourcesPage) -> Paragraph:
    """How many are on the list and how far they are, what is still to admit, which branches have nobody."""
    clauses = [*_people(page), *_course(page), *_left(page), *_empty(page), *_reviewed(page)]
    return Paragraph(tuple(clauses))


def _linked(page, only):
    return Linked(*page.count(only))


def _people(page):
    if not page.people:
        return [Clause(_("Danh sách chưa có ai."))]
    values = {"sources": _linked(page, "nguon"), "going": _linked(page, "dang-lam")}
    if not page.total.sources:
        return [Clause(_("Danh sách chưa có nguồn; %(going)s người đang làm hồ sơ."), values)]
    if not page.total.under_way:
        return [Clause(_("Danh sách có %(sources)s nguồn."), values)]
    return [Clause(_("Danh sách có %(sources)s nguồn; %(going)s người khác đang làm hồ sơ."), values)]


def _course(page):
    parts = [(words, Linked(*page.count(only))) for only, words in _course_words()]
    parts = [(words, linked) for words, linked in parts if linked.number]
    if not parts:
        return
    yield Clause(_(" Trong số nguồn: "))
    for place, (words, linked) in enumerate(parts):
        yield Clause(words, {"n": linked})
        yield Clause("." if place + 1 == len(parts) else ", ")


def _course_words():
    yield "co-gcn", _("%(n)s có giấy chứng nhận")
    yield listing.EXPIRED, _("%(n)s có giấy chứng nhận hết giá trị")
    yield listing.LEARNING, _("%(n)s chờ cấp")
    yield listing.AGREED, _("%(n)s chờ lớp")
    yield listing.NOT_SENT, _("%(n)s chưa cử học")


def _left(page):
    left = page.total.left
    if left is None:
        return
    values = {"year": page.year.code, "left": Link(format_number(left), "#sau")}
    if left:
        yield Clause(_(" Chỉ tiêu %(year)s còn %(left)s."), values)
    else:
        yield Clause(_(" Đã đủ chỉ tiêu %(year)s."), values)


def _empty(page):
    empty = page.empty_branches
    if not empty or page.unit.is_branch:
        return
    values = {
        "n": Link(format_number(len(empty)), "#sau"),
        "names": ", ".join(row.short_name for row in empty[:NAMED]),
    }
    if len(empty) <= NAMED:
        yield Clause(_(" %(n)s chi bộ chưa có ai: %(names)s."), values)
    else:
        yield Clause(_(" %(n)s chi bộ chưa có ai."), values)


def _reviewed(page):
    if page.shows_reviews and page.rows:
        values = {
            "month": page.day.month,
            "n": Link(format_number(page.reviewed), "#sau"),
            "all": format_number(len(page.rows)),
        }
        yield Clause(_(" Tháng %(month)s đã có %(n)s trên %(all)s chi bộ rà soát."), values)


# What needs attention


@dataclass(frozen=True)
class Attention:
    """One remark beside the list: its shape and its sentence."""

    mark: str
    sentence: Paragraph


def needs_attention(page: SourcesPage, helped: list[Helped], helpers: list[Helper]) -> list[Attention]:
    """Certificates that end, remarks that are missing, helpers who have too many or are perhaps no longer there."""
    return [
        *_proposals(page),
        *_certificates(page),
        *_remarks(page, helped),
        *_loads(page, helpers),
        *(_gone(page, row) for row in helpers if row.gone),
    ]


def _note(mark, *clauses):
    return Attention(mark, Paragraph(clauses))


def _proposals(page):
    """Above the base organisations, whose own page has the answers."""
    if page.unit.tier not in BELOW and page.keep("de-nghi"):
        values = {"n": _linked(page, "de-nghi")}
        yield _note("wait", Clause(_("%(n)s đề nghị của chi bộ chờ cấp ủy cơ sở cho ý kiến."), values))


def _certificates(page):
    soon = page.keep(listing.EXPIRING)
    for person in soon[:NAMED]:
        values = {
            "who": Link(person.dossier.candidate.full_name, person.dossier.get_absolute_url()),
            "day": dmy(listing.certificate_end(person.dossier)),
        }
        words = _(
            "%(who)s: giấy chứng nhận đến %(day)s; chi bộ phải xét trước ngày đó, nếu không phải học lại."
        )
        yield _note("soon", Clause(words, values))
    if len(soon) > NAMED:
        values = {"n": Linked(*page.count(listing.EXPIRING))}
        yield _note("soon", Clause(_("Có %(n)s giấy chứng nhận sắp hết giá trị."), values))
    if page.keep(listing.EXPIRED):
        values = {"n": Linked(*page.count(listing.EXPIRED))}
        yield _note("late", Clause(_("%(n)s người phải học lại vì giấy chứng nhận đã hết giá trị."), values))


def _remarks(page, helped):
    lacking = [row for row in helped if row.lacks_remark(today())]
    if lacking:
        values = {
            "n": Linked(len(lacking), links.helpers_url(page.unit, only="thieu")),
            "all": format_number(len(helped)),
            "day": dmy(remark_period(today())[1]),
        }
        words = _("Nhận xét trong kỳ của người giúp đỡ: %(n)s trên %(all)s người chưa có, hạn %(day)s.")
        yield _note("soon", Clause(words, values))


def _loads(page, helpers):
    for row in [row for row in helpers if row.overloaded][:NAMED]:
        values = {
            "who": Link(row.name, links.helpers_url(page.unit, row.name)),
            "n": format_number(len(row.helped)),
        }
        yield _note("soon", Clause(_("%(who)s đang giúp đỡ %(n)s người."), values))


def _gone(page, row):
    member = row.gone[-1]
    number = member.dossier.number
    seen = member.dossier.pk in row.visible
    values = {
        "who": Link(row.name, links.helpers_url(page.unit, row.name)),
        "n": format_number(len(row.helped)),
        "member": Link(number, member.dossier.get_absolute_url()) if seen else _("của đơn vị khác"),
        "state": f"{member.words} {dmy(member.on)}" if member.on else member.words,
    }
    words = _(
        "%(who)s đang giúp đỡ %(n)s người, trùng tên đảng viên ở hồ sơ %(member)s (%(state)s); xem có phải đổi."
    )
    return _note("soon", Clause(words, values))
