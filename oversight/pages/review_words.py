"""A review in words: what it said, how it stands on a day, a line of a list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Proposal
from branches.models import Organisation
from notation.dates import dmy
from oversight.models import Review
from oversight.review_periods import ReviewPeriod, period_of
from oversight.reviews import was_late


def review_url(unit: Organisation, period: ReviewPeriod) -> str:
    return reverse("oversight:review", args=[unit.pk, period.code])


def summarise_review(review: Review) -> str:
    """One or two sentences: the assessment, the difficulties, the proposals."""
    parts = [f"{review.get_assessment_display()}."]
    named = [row.text for row in review.difficulties.all() if not row.nothing]
    if named:
        words = ", ".join(text[:1].lower() + text[1:] for text in named)
        parts.append(_("Khó khăn: %(words)s.") % {"words": words})
    counts = Counter(row.proposal for row in review.people.all() if row.proposal)
    parts += [f"{Proposal(what).label}: {number}." for what, number in counts.items()]
    return " ".join(parts)


PEOPLE_WORDS = {
    "": gettext_lazy("giữ {n}"),
    Proposal.CLASS: gettext_lazy("cử học lớp {n}"),
    Proposal.PROCEDURE: gettext_lazy("cho làm thủ tục {n}"),
    Proposal.REMOVAL: gettext_lazy("đưa ra {n}"),
}
"""{what is proposed for people, "" for nothing: how many are told}; a script of the form fills in the same words."""


def count_proposals(review: Review) -> str:
    """How many people it keeps and proposes: "giữ 1, cử học lớp 1"; "không có ai trong danh sách"."""
    return describe_people(review.people.values_list("proposal", flat=True))


def describe_people(proposals: Iterable[str]) -> str:
    """The same of the `proposals` for people, "" for each who is kept."""
    counts = Counter(proposals)
    told = [str(text).format(n=counts[what]) for what, text in PEOPLE_WORDS.items() if counts[what]]
    return ", ".join(told) or _("không có ai trong danh sách")


@dataclass(frozen=True)
class Standing:
    """How the review of a branch and a period stands: a shape, its words, whether it was sent `late`."""

    mark: str
    words: str
    late: bool = False


def standing_of(period: ReviewPeriod, review: Review | None, day: date) -> Standing:
    """How it stands on `day`: sent, sent late, due, or over its deadline."""
    if review is not None:
        late = was_late(review)
        words = _("gửi muộn, họp ngày %(day)s") if late else _("đã gửi, họp ngày %(day)s")
        return Standing("ok", words % {"day": dmy(review.held_on)}, late)
    left = (period.deadline - day).days
    facts = {"day": f"{period.deadline:%d/%m}", "n": abs(left)}
    if left < 0:
        return Standing("late", _("hạn %(day)s, quá %(n)d ngày") % facts)
    words = _("hạn hôm nay, %(day)s") if not left else _("hạn %(day)s, còn %(n)d ngày")
    return Standing("soon" if left <= 7 else "wait", words % facts)


@dataclass(frozen=True)
class ReviewLine:
    """A review in a list: its period, its address, what it said."""

    review: Review
    period: ReviewPeriod
    late: bool
    url: str
    words: str


def review_line(review: Review) -> ReviewLine:
    """The `ReviewLine` of a review, whose unit, difficulties and people are read with it."""
    period = period_of(review)
    return ReviewLine(
        review, period, was_late(review), review_url(review.unit, period), summarise_review(review)
    )
