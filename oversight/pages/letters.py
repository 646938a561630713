"""What the pages of letters show: who is behind, who was asked, who has answered and who is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from branches.models import Organisation
from notation.dates import dmy
from notation.numbers import format_number
from oversight.models import ExplanationRequest, Task
from reports import links, periods
from reports.models.quota import Days
from reports.pages.sentence import Clause, Link, Paragraph
from reports.periods import Period
from reports.quotas import attainment


@dataclass(frozen=True)
class Asked:
    """One letter to a unit: its state on `day`, and how its milestones stand."""

    request: ExplanationRequest
    day: date
    tasks: int
    done: int

    @property
    def answered(self) -> bool:
        return hasattr(self.request, "answer")

    @property
    def state(self) -> tuple[str, str, str]:
        """(shape, words, class) of the letter on its day."""
        if self.answered:
            return "ok", _("trả lời %(day)s") % {"day": dmy(self.request.answer.on)}, ""
        left = (self.request.due - self.day).days
        if left < 0:
            words = _("quá hạn %(n)s ngày") % {"n": format_number(-left)}
            return "late", words, "st-late"
        return "soon" if left <= 7 else "wait", _("hạn %(day)s") % {"day": dmy(self.request.due)}, ""

    @property
    def period(self) -> Period:
        return letter_period(self.request)


def letter_period(asked: Days) -> Period:
    """The days that a letter or a reward is about, as the year that they are where they are one."""
    if attainment.is_year(asked.first, asked.last):
        return periods.year_period(asked.first.year)
    return periods.any_days(asked.first, asked.last)


def list_asked(user: User, unit: Organisation, day: date) -> list[Asked]:
    """The letters to units of `unit` that `user` may see: unanswered first, the earliest due, then the answered."""
    rows = ExplanationRequest.objects.for_user(user).under_or_left(unit)
    rows = rows.select_related("unit__parent", "answer").annotate(
        tasks=Count("answer__tasks"),
        done=Count("answer__tasks", filter=Q(answer__tasks__state=Task.State.DONE)),
    )
    found = [Asked(row, day, row.tasks, row.done) for row in rows]
    return sorted(found, key=lambda one: (one.answered, one.request.due, one.request.unit.sort_key))


def letters_lead(asked: list[Asked], address: str) -> Paragraph:
    """How many were asked, have answered, and are late."""
    if not asked:
        return Paragraph((Clause(_("Chưa yêu cầu đơn vị nào giải trình.")),))
    answered = sum(one.answered for one in asked)
    late = sum(one.state[0] == "late" for one in asked)
    values = {
        "all": Link(format_number(len(asked)), address),
        "answered": Link(format_number(answered), f"{address}&nhom=da-tra-loi"),
        "waiting": Link(format_number(len(asked) - answered), f"{address}&nhom=chua"),
        "late": Link(format_number(late), f"{address}&nhom=qua-han"),
    }
    words = _(
        "%(all)s công văn yêu cầu giải trình: %(answered)s đã trả lời, %(waiting)s chưa trả lời,"
        " trong đó %(late)s quá hạn."
    )
    return Paragraph((Clause(words, values),))


CHOICES = {
    "da-tra-loi": lambda one: one.answered,
    "chua": lambda one: not one.answered,
    "qua-han": lambda one: one.state[0] == "late",
}
"""What the list of letters is narrowed to, as the address names it."""


@dataclass(frozen=True)
class Behind:
    """A unit behind its quota: its row, its list, and the letters about these days that it has had."""

    row: attainment.Row
    url: str
    quota_url: str
    asked: list[str]


def list_behind(unit: Organisation, period: Period) -> list[Behind]:
    """The units directly under `unit` whose quota of `period` is not reached, who lacks most first."""
    rows = [row for row in attainment.unit_and_children(unit, period)[1] if (row.gap or 0) < 0]
    letters: dict[int, list[str]] = {}
    asked = ExplanationRequest.objects.filter(
        unit__in=[row.unit for row in rows], first=period.first, last=period.last
    )
    for one in asked:
        letters.setdefault(one.unit_id, []).append(one.number)
    return [
        Behind(
            row,
            links.figure_url(row.unit, period),
            links.quotas_url(row.unit, period),
            letters.get(row.unit.pk, []),
        )
        for row in sorted(rows, key=lambda row: (row.gap or 0, row.unit.sort_key))
    ]
