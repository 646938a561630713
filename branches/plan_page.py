"""What the page of a plan shows, composed: its sentence, the tree and the totals before and after, what blocks it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.drafts import WRITTEN, may_change_plan
from branches.models import Organisation, Reorganisation
from branches.plan_rehearsals import MOST_PARTS, Branch, TotalLine, group_totals, nest_lines
from branches.plan_words import describe_change, name_act
from branches.reorganisation.outcome import MovedRow, Question, Rehearsal
from branches.reorganisation.undo import list_undo_obstacles
from branches.successions import units_after
from notation.dates import dmy, format_moment, today
from notation.numbers import format_number

if TYPE_CHECKING:
    pass

State = Reorganisation.State
MARKS = {
    State.DRAFT: "half",
    State.SCHEDULED: "wait",
    State.HELD: "hold",
    State.DONE: "ok",
    State.UNDONE: "back",
    State.WITHDRAWN: "no",
}
"""The shape that stands before the word of each state."""
OF_EACH_GROUP = 4
"""How many rows of a group of totals the plan's page shows; those that differ always."""
QUESTIONS = 8
"""How many questions stand on the page; the others are folded away."""
IN_SENTENCE = ("under_way", "members", "quotas", "sources", "officials", "posts")
"""The keys of what the opening sentence counts, in this order; the first three that there are."""


@dataclass(frozen=True)
class QuestionLine:
    """A question with what was chosen, in words, and where to choose; `url` is "" for who may not."""

    question: Question
    url: str

    @property
    def is_open(self) -> bool:
        return self.question.is_open

    @property
    def told(self) -> str:
        """What stands below the question."""
        question = self.question
        if question.is_open:
            return question.detail
        by = _("do %(who)s chọn") % {"who": question.answered_by} if question.answered_by else ""
        return ", ".join(filter(None, [tell_answer(question), by])) + "."


def tell_answer(question: Question) -> str:
    """An answer in words."""
    labels = {str(value): label for value, label in question.choices}
    if question.kind == "numbers" and isinstance(question.answer, dict):
        numbers = ((labels.get(value, value), n) for value, n in question.answer.items())
        return ", ".join(f"{label}: {format_number(n)}" for label, n in numbers)
    return labels.get(str(question.answer), str(question.answer))


class PlanPage:
    """A plan as `reader` sees it, with the rehearsal `shown` (None without a change)."""

    def __init__(self, plan: Reorganisation, shown: Rehearsal | None, reader: Any) -> None:
        self.plan, self.shown, self.reader = plan, shown, reader
        self.may_change = may_change_plan(reader, plan)
        self.rows = list(plan.changes.select_related("into", "plan").prefetch_related("units"))

    @property
    def is_done(self) -> bool:
        return self.plan.state == State.DONE

    @property
    def is_undone(self) -> bool:
        return self.plan.state == State.UNDONE

    @property
    def is_scheduled(self) -> bool:
        return self.plan.state == State.SCHEDULED

    @property
    def is_held(self) -> bool:
        return self.plan.state == State.HELD

    @cached_property
    def place(self) -> Organisation | None:
        """The unit in which the plan happens, or what took over from it, where the reader may open it."""
        rows = [self.plan.unit, *units_after(self.plan.unit, today())]
        seen = Organisation.objects.for_user(self.reader).filter(pk__in=[row.pk for row in rows])
        return next((row for row in rows if row in seen), None)

    @property
    def links_open(self) -> bool:
        """Whether the reader may open the lists behind the plan's totals, which are those of its unit."""
        return self.place == self.plan.unit

    @property
    def may_edit(self) -> bool:
        return self.may_change and self.plan.state in WRITTEN

    @property
    def mark(self) -> str:
        return MARKS[State(self.plan.state)]

    @property
    def note(self) -> str:
        """What stands beside the heading: the state, and when the rehearsal was."""
        day = {"day": dmy(self.plan.day)}
        if self.is_done:
            return _("đã thực hiện, có hiệu lực %(day)s") % day
        if self.is_scheduled:
            return _("chờ đến %(day)s") % day
        if self.may_edit and self.shown:
            at = format_moment(datetime.fromisoformat(self.shown.at)).split()[1]
            return _("chạy thử lúc %(at)s, chưa đổi gì") % {"at": at}
        return self.plan.get_state_display()

    # The sentence

    @cached_property
    def lead(self) -> SafeString:
        """The opening sentence; what it counts leads to its rows."""
        head = format_html(
            _("Từ <b>{day}</b>, theo {basis}: "), day=dmy(self.plan.day), basis=self.plan.basis
        )
        if self.shown is None:
            return format_html("{}{}", head, self._without_rehearsal())
        by_key = {row.key: row for row in self.moved if row.number and not row.stays}
        moved = [by_key[key] for key in IN_SENTENCE if key in by_key][:3]
        counts = format_html_join(
            ", ",
            '<a href="#di">{}</a> {}',
            ((format_number(row.number), _within(row.label)) for row in moved),
        )
        going = _("đã chuyển sang đơn vị mới.") if self.is_done else _("chuyển sang đơn vị mới.")
        first = format_html("{}{} {}", head, counts, going) if moved else head
        return format_html("{} {}{}", first, self._totals_in_words(), self._choices_in_words())

    def _without_rehearsal(self):
        if not self.rows:
            return _("chưa có thay đổi nào trong kế hoạch.")
        return "; ".join(describe_change(row) for row in self.rows) + "."

    def _totals_in_words(self):
        if self.problems and not self.shown.totals:
            return format_html('<a href="#vuong">{}</a>', _("Chưa chạy thử được, còn chỗ vướng"))
        if not self.shown.totals:
            return _("Chưa chạy thử được")
        equal = sum(row.equal for row in self.shown.totals)
        words = _("bằng nhau ở %(n)s trên %(all)s dòng") % {
            "n": format_number(equal),
            "all": format_number(len(self.shown.totals)),
        }
        return format_html('{} <a href="#tong">{}</a>', _("Tổng số trước và sau"), words)

    def _choices_in_words(self):
        waiting = [line for line in self.questions if line.is_open]
        blocking = sum(line.question.blocking for line in waiting)
        n = blocking or len(waiting)
        if not n:
            return "."
        link = format_html('<a href="#chon">{}</a>', ngettext("%(n)s việc", "%(n)s việc", n) % {"n": n})
        return format_html("; {} {}.", link, _("phải chọn trước") if blocking else _("còn chọn được sau"))

    # Trees, totals, what moves

    @cached_property
    def tree_before(self) -> list[Branch]:
        return nest_lines(self.shown.tree.before) if self.shown else []

    @cached_property
    def tree_after(self) -> list[Branch]:
        return nest_lines(self.shown.tree.after) if self.shown else []

    @property
    def tree_url(self) -> str:
        """The whole tree: as it was before, of a plan that was carried out as it is."""
        day = self.plan.day if self.is_done else min(self.plan.last, today())
        return f"{reverse('branches:tree')}?ngay={dmy(day)}"

    @property
    def main_groups(self) -> list[tuple[str, list[TotalLine]]]:
        return group_totals(self.shown.totals, OF_EACH_GROUP) if self.shown else []

    @property
    def problems(self) -> list[str]:
        """What stands against the plan, as sentences."""
        return self.shown.problems if self.shown else []

    @property
    def has_parts(self) -> bool:
        """Whether the table of what moves has a column for the units that end."""
        return self.shown is not None and 1 < len(self.shown.units) <= MOST_PARTS

    @cached_property
    def moved(self) -> list[MovedRow]:
        return [row for row in self.shown.moved if row.number or row.left or row.stays] if self.shown else []

    # What is chosen, what blocks

    @cached_property
    def questions(self) -> list[QuestionLine]:
        return (
            [QuestionLine(row, self._choice_url(row)) for row in self.shown.questions] if self.shown else []
        )

    def _choice_url(self, question):
        if not self.may_change or self.plan.state not in (*WRITTEN, State.DONE):
            return ""
        if self.is_done and not question.is_open:
            return ""
        return f"{reverse('branches:choose', args=[self.plan.pk])}?{urlencode({'cau': question.key})}"

    @property
    def question_parts(self) -> list[list[QuestionLine]]:
        """The questions that stand on the page, and those that are folded away."""
        return [self.questions[:QUESTIONS], self.questions[QUESTIONS:]]

    @property
    def answered(self) -> int:
        return sum(not line.is_open for line in self.questions)

    @cached_property
    def changes(self) -> list[tuple[Any, str]]:
        return [(row, describe_change(row)) for row in self.rows]

    @property
    def act(self) -> str:
        return name_act(self.plan, self.rows)

    @property
    def waits(self) -> bool:
        """Whether the day is still to come: the plan is scheduled, not carried out."""
        return self.plan.day > today()

    @property
    def consequence(self) -> str:
        """What the act does, below its button."""
        day = {"day": dmy(self.plan.day)}
        words = [_("Ghi trong một lần, giữa chừng lỗi thì không đổi gì.")]
        if self.waits:
            words.append(_("Chờ đến sáng %(day)s, chạy thử lại; số nào đổi thì dừng và báo người lập.") % day)
        words.append(_("Từ %(day)s người của các đơn vị ấy thấy đơn vị mới.") % day)
        words.append(_("Hoàn tác được đến lần khóa quý tới, khi chưa có việc dựa trên đơn vị mới."))
        return " ".join(words)

    @cached_property
    def blocked(self) -> list[tuple[str, str]]:
        """[(why it cannot be carried out, where to look)]; none when it can."""
        if self.shown is None:
            add = reverse("branches:add_unit_change", args=[self.plan.pk]) if self.may_edit else ""
            return [(_("Chưa có thay đổi nào trong kế hoạch."), add)]
        return list(_list_reasons(self.shown))

    # Once it was carried out

    @cached_property
    def opens(self) -> Organisation | None:
        """What took over from the first unit that the plan names: the page of a plan that was done leads to it."""
        units = list(self.rows[0].units.all()) if self.rows else []
        after = units_after(units[0], max(self.plan.day, today())) if units else []
        return after[0] if after else None

    @cached_property
    def obstacles(self) -> list[Any]:
        return list_undo_obstacles(self.plan) if self.is_done and self.may_change else []

    @property
    def may_undo(self) -> bool:
        return self.is_done and self.may_change and all(obstacle.ok for obstacle in self.obstacles)

    @property
    def day_before(self) -> date:
        return self.plan.day - timedelta(days=1)

    @property
    def undo_words(self) -> str:
        n = sum(len(row.units.all()) for row in self.rows)
        return ngettext("Hoàn tác, trả lại %(n)s đơn vị", "Hoàn tác, trả lại %(n)s đơn vị", n) % {"n": n}


def _within(label):
    """A label as it goes on within a sentence."""
    return label[:1].lower() + label[1:]


def _list_reasons(shown):
    """What `PlanPage.blocked` lists of a rehearsal."""
    if shown.problems:
        n = len(shown.problems)
        words = ngettext(
            "Chưa thực hiện được: %(n)d chỗ còn vướng.", "Chưa thực hiện được: %(n)d chỗ còn vướng.", n
        )
        yield words % {"n": n}, "#vuong"
    blocking = sum(question.blocking for question in shown.open_questions)
    if blocking:
        words = ngettext(
            "Chưa thực hiện được: %(n)d việc phải chọn trước.",
            "Chưa thực hiện được: %(n)d việc phải chọn trước.",
            blocking,
        )
        yield words % {"n": blocking}, "#chon"
    if not shown.all_equal:
        n = sum(not row.equal for row in shown.totals)
        words = ngettext(
            "Chưa thực hiện được: lệch ở %(n)d dòng.", "Chưa thực hiện được: lệch ở %(n)d dòng.", n
        )
        yield words % {"n": n}, "#tong"
