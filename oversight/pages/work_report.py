"""The written report of the work of developing members: its six parts as sentences, each from what the register has.

The text is Vietnamese for every reader, like the files of reports; a part without rows says so in a sentence. What was
typed over a section stands instead of the figures' own words. Its outline is that of docs/domain.md, 6.2.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import override

from branches.models import Organisation
from notation.dates import dmy, today
from notation.numbers import format_number, format_percent
from oversight.models import ExplanationRequest, Follower, Plan, ReportPassage, Review, Task, Team
from oversight.pages import work_facts
from oversight.passages import typed_text
from oversight.target_groups import GROUPS, list_admitted
from reports.closing.source import open_source
from reports.closing.year_reading import closing_with_year, count_by_key
from reports.exports.wording import opening_sentences
from reports.models import ClosedLine, QuarterClosing
from reports.pages.chain import Asked
from reports.pages.chain_closed import ChainReasons, read_chain_reasons
from reports.periods import Period
from reports.quotas import attainment
from reports.unit_group import group_units

Section = ReportPassage.Section
TOLD_GROUPS = ("rural", "women", "youth", "religious", "minority", "learners", "private-firms", "demobilised")
"""The groups whose numbers the report tells in a sentence; they are never added up."""
MOST_TASKS = 20


@dataclass(frozen=True)
class Part:
    """A heading with its paragraphs; `section` is the key under which it may be typed over, `typed` says it was."""

    head: str
    paragraphs: tuple[str, ...]
    section: str = ""
    typed: bool = False
    tasks: tuple[Task, ...] = field(default=())

    @property
    def is_part(self) -> bool:
        """Whether it is numbered inside a section: "1. Ưu điểm"."""
        return self.head[:1].isdigit()


def _listed(pairs):
    """ "4 nữ; 2 đoàn viên" of [(what, how many)]."""
    return "; ".join(f"{what} {format_number(number)}" for what, number in pairs)


def _sum(pairs):
    return sum(number for _what, number in pairs)


def _within(words):
    """A label as it stands inside a sentence."""
    text = str(words)
    return text[:1].lower() + text[1:]


@dataclass
class WorkReport:
    """The report of one unit and period."""

    unit: Organisation
    period: Period

    @cached_property
    def typed(self) -> dict[str, str]:
        return typed_text(self.unit, self.period)

    @cached_property
    def day(self):
        return work_facts.end_of(self.period)

    @cached_property
    def rows(self) -> list[attainment.Row]:
        """The units directly below, with the quota of the year where the period is a part of one."""
        quota_period = self.period if self.period.is_term else self.period.year()
        return attainment.unit_and_children(
            self.unit,
            self.period.year_to_date() if quota_period != self.period else self.period,
            quota_period=quota_period,
        )[1]

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The open tasks of the unit itself, the earliest due first."""
        rows = Task.objects.open().filter(unit=self.unit).order_by("before", "pk")
        return tuple(rows[:MOST_TASKS])

    @cached_property
    def reasons(self) -> ChainReasons:
        """Why decisions were late and dossiers returned, as the chain counts them."""
        return read_chain_reasons(Asked(self.unit, self.period))

    @cached_property
    def closing(self) -> QuarterClosing | None:
        """The closing that kept the year, where the report is of a quarter that has one."""
        return closing_with_year(self.period)

    def parts(self) -> list[Part]:
        """The six parts in their order."""
        with override("vi"):
            return [
                self._part("I- ĐẶC ĐIỂM, TÌNH HÌNH", self._situation, Section.SITUATION),
                self._part("II- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", self._leadership, Section.LEADERSHIP),
                self._part("III- KẾT QUẢ", self._results),
                Part("IV- ĐÁNH GIÁ", ()),
                self._part("1. Ưu điểm", self._strengths, Section.STRENGTHS),
                self._part("2. Hạn chế, nguyên nhân", self._causes, Section.CAUSES),
                self._part("V- NHIỆM VỤ, GIẢI PHÁP", self._work, Section.TASKS, self.tasks),
                self._part("VI- ĐỀ XUẤT, KIẾN NGHỊ", self._proposals, Section.PROPOSALS),
            ]

    def _part(
        self, head: str, tell: Callable[[], Iterator[str]], section: str = "", tasks: tuple[Task, ...] = ()
    ) -> Part:
        if text := self.typed.get(section, ""):
            lines = tuple(line.strip() for line in text.splitlines() if line.strip())
            return Part(head, lines, section, typed=True, tasks=tasks)
        return Part(head, tuple(tell()), section, tasks=tasks)

    # I, II

    def _situation(self):
        below = Organisation.objects.under(self.unit).on(self.day)
        branches, bases = below.branches().count(), below.communes().exclude(pk=self.unit.pk).count()
        head = f"{format_number(bases)} tổ chức cơ sở đảng, " if bases else ""
        yield f"Đến ngày {dmy(self.day)}, {self.unit.title} có {head}{format_number(branches)} chi bộ."
        members = work_facts.members_at_end(self.unit, self.period)
        if members:
            yield f"Ngày {dmy(members.on)} có {format_number(members.number)} đảng viên."
        else:
            yield "Sổ chưa ghi số đảng viên của đơn vị."

    def _leadership(self):
        plans = Plan.objects.filter(unit=self.unit, first__lte=self.period.last, last__gte=self.period.first)
        rows = list(plans.select_related("basis").order_by("basis__on", "pk"))
        if rows:
            named = "; ".join(f"{row.get_kind_display()} {row.basis} ({row.basis.title})" for row in rows)
            yield f"Thực hiện {format_number(len(rows))} văn bản: {named}."
        else:
            yield "Sổ chưa ghi nghị quyết, kế hoạch nào cho kỳ này."
        span = (self.period.first, self.day)
        letters = ExplanationRequest.objects.under(self.unit).exclude(unit=self.unit).filter(on__range=span)
        if asked := letters.count():
            answered = letters.filter(answer__isnull=False).count()
            yield (
                f"Yêu cầu {format_number(asked)} đơn vị giải trình, {format_number(answered)} đơn vị đã trả lời."
            )
        teams = Team.objects.on(self.day).filter(unit=self.unit).count()
        followers = Follower.objects.on(self.day).under(self.unit).values("user").distinct().count()
        if teams or followers:
            yield (
                f"Có {format_number(followers)} ủy viên Ban Thường vụ phụ trách cơ sở và {format_number(teams)} tổ"
                " công tác dự sinh hoạt chi bộ."
            )
        else:
            yield "Chưa phân công ủy viên phụ trách và tổ công tác trong sổ."

    # III

    def _results(self):
        yield from self._sources()
        yield from self._classes()
        yield from self._admissions()
        yield from self._dossiers()
        yield from self._conversions()
        held, asked = work_facts.count_held(self.unit)
        if held or asked:
            yield (
                f"6. Chờ thẩm tra về chính trị: {format_number(held)} hồ sơ để lại, {format_number(asked)} hồ sơ xin"
                " ý kiến Ban Thường vụ."
            )
        else:
            yield "6. Không có hồ sơ chờ thẩm tra về chính trị."

    def _sources(self):
        facts = work_facts.count_sources_of(self.unit, self.period)
        if not facts.listed + facts.under_way + facts.added:
            yield "1. Tạo nguồn: sổ chưa ghi người nào trong danh sách cảm tình Đảng."
            return
        yield (
            f"1. Tạo nguồn: đến {dmy(self.day)} có {format_number(facts.listed)} người trong danh sách cảm tình Đảng và"
            f" {format_number(facts.under_way)} người đang làm hồ sơ; trong kỳ thêm {format_number(facts.added)}, đưa"
            f" ra {format_number(facts.dropped)}."
        )
        if facts.introduced:
            yield f"Nơi giới thiệu người mới vào danh sách: {_listed(facts.introduced)}."

    def _classes(self):
        classes = work_facts.count_classes(self.unit, self.period)
        certificates = format_number(work_facts.count_certificates(self.unit, self.period))
        if not classes or not classes[0]:
            words = f"trong kỳ sổ chưa ghi lớp nào; {certificates} người được cấp giấy chứng nhận."
        else:
            words = (
                f"mở {format_number(classes[0])} lớp, {format_number(classes[1])} người được cử học;"
                f" {certificates} người được cấp giấy chứng nhận."
            )
        yield f"2. Bồi dưỡng nhận thức về Đảng: {words}"

    def _admissions(self):
        yield f"3. Kết nạp: {opening_sentences(open_source(group_units([self.unit]), self.period))}"
        counted = [(GROUPS[key].label, self._count_group(key)) for key in TOLD_GROUPS]
        told = [(_within(label), number) for label, number in counted if number]
        if told:
            yield f"Trong đó (một người thuộc nhiều nhóm): {_listed(told)}."
        given = [row for row in self.rows if row.quota]
        if given:
            reached, none = [row for row in given if row.gap >= 0], [row for row in given if not row.admitted]
            yield (
                f"{format_number(len(reached))} trên {format_number(len(given))} đơn vị đạt hoặc vượt chỉ tiêu năm;"
                f" {format_number(len(none))} đơn vị chưa kết nạp ai."
            )

    def _count_group(self, key):
        return list_admitted(self.unit, self.period, GROUPS[key]).count()

    def _dossiers(self):
        steps = work_facts.count_steps(self.unit)
        if steps:
            yield f"4. Hồ sơ đang làm hiện nay: {_listed((_within(words), number) for words, number in steps)}."
        else:
            yield "4. Hiện không có hồ sơ nào đang làm."
        reasons = self.reasons
        if returned := _sum(reasons.returned):
            yield f"Trong kỳ trả lại {format_number(returned)} lượt hồ sơ: {_listed(reasons.returned)}."
        else:
            yield "Trong kỳ không hồ sơ nào bị trả lại."
        if late := _sum(reasons.late):
            still = (
                f", trong đó {format_number(reasons.overdue)} hồ sơ chưa có quyết định"
                if reasons.overdue
                else ""
            )
            yield f"Quá hạn quyết định: {format_number(late)} hồ sơ{still}."
        else:
            yield "Trong kỳ không hồ sơ nào quá hạn quyết định."

    def _conversions(self):
        facts = work_facts.count_conversions(self.unit, self.period)
        if not any((facts.due, facts.done, facts.left, facts.waiting)):
            yield "5. Công nhận chính thức: trong kỳ không có đảng viên dự bị đến hạn."
            return
        yield (
            f"5. Công nhận chính thức: {format_number(facts.due)} đảng viên dự bị hết 12 tháng trong kỳ;"
            f" {format_number(facts.done)} người được công nhận, trong đó {format_number(facts.late)} người muộn hơn"
            f" {work_facts.LATE.days} ngày sau khi hết dự bị; {format_number(facts.left)} người không còn là đảng"
            f" viên; {format_number(facts.waiting)} người đã hết 12 tháng, chưa được công nhận."
        )

    # IV, V, VI

    def _strengths(self):
        ahead = sorted((row for row in self.rows if row.quota and row.gap > 0), key=lambda row: -row.percent)
        if not ahead:
            yield "Chưa có đơn vị nào vượt chỉ tiêu."
            return
        named = ", ".join(f"{row.unit.short_name} ({format_percent(row.percent)})" for row in ahead[:5])
        yield f"Có {format_number(len(ahead))} đơn vị vượt chỉ tiêu, dẫn đầu: {named}."

    def _causes(self):
        behind = sorted((row for row in self.rows if row.quota and row.gap < 0), key=lambda row: row.gap)
        if behind:
            named = ", ".join(
                f"{row.unit.short_name} (thiếu {format_number(-row.gap)})" for row in behind[:5]
            )
            more = " và các đơn vị khác" if len(behind) > 5 else ""
            yield f"Còn {format_number(len(behind))} đơn vị chưa đạt chỉ tiêu năm: {named}{more}."
        yield from self._difficulties()
        if self.reasons.late:
            yield f"Vì sao quá hạn, mỗi hồ sơ một lý do chính: {_listed(self.reasons.late)}."
        if self.reasons.returned:
            yield f"Vì sao trả lại, mỗi lượt một lý do chính: {_listed(self.reasons.returned)}."
        answered = ExplanationRequest.objects.under(self.unit).exclude(unit=self.unit)
        answered = answered.filter(
            first__gte=self.period.first, last__lte=self.period.last, answer__isnull=False
        )
        for row in answered.select_related("unit", "answer"):
            yield f"{row.unit.short_name} giải trình: {row.answer.causes}"

    def _difficulties(self):
        """What branches named in their monthly reviews: counted over branches, never added up."""
        months = Review.objects.under(self.unit).months_between(self.period.first, self.day)
        rows = months.filter(difficulties__isnull=False, difficulties__nothing=False).order_by()
        counted = (
            count_by_key(self.closing, self.unit, ClosedLine.Kind.DIFFICULTY).items()
            if self.closing
            else rows.values_list("difficulties__text").annotate(n=Count("unit", distinct=True))
        )
        told = sorted(counted, key=lambda pair: (-pair[1], pair[0]))
        if not told:
            yield "Chi bộ chưa nêu khó khăn nào trong rà soát hằng tháng của kỳ này."
            return
        named = "; ".join(f"{capfirst(text)}: {format_number(number)} chi bộ" for text, number in told)
        yield f"Khó khăn chi bộ nêu khi rà soát (một chi bộ nêu nhiều khó khăn): {named}."

    def _work(self):
        left = sum(row.left or 0 for row in self.rows)
        if self.period.last >= today() and left:
            yield f"Các đơn vị còn phải kết nạp {format_number(left)} đảng viên để đạt chỉ tiêu năm."
        if self.tasks:
            yield f"{format_number(len(self.tasks))} việc có mốc thời gian, kể cả việc sau kỳ này."
        else:
            yield "Chưa giao việc nào có mốc thời gian."

    def _proposals(self):
        yield "Không có."


def passages_told(unit: Organisation, period: Period) -> dict[str, str]:
    """{section: the figures' own words}, beside which somebody types others."""
    report = WorkReport(unit, period)
    report.typed = {}
    return {part.section: "\n".join(part.paragraphs) for part in report.parts() if part.section}
