"""The paper that asks the standing committee to open the next awareness class (tờ trình): who waits, and since when."""

from collections import Counter
from datetime import date

from django.conf import settings
from django.utils.translation import override

from accounts.models import User
from admissions import procedure
from admissions.classes import propose_class_name
from admissions.classes.waiting import (
    Queue,
    list_expired,
    list_waiting,
    too_long_before,
    waiting_since,
    weigh_queue,
)
from admissions.letters.days import short_date
from admissions.models import AwarenessClass, Dossier
from admissions.rules import working_days
from admissions.states import State
from branches.models import Organisation
from notation.dates import dmy, today
from notation.numbers import format_number
from oversight.documents.paper import Block, Heading, Paper, fill_paper
from reports.exports.document import Column, Row, Table
from reports.exports.party_layout import issuer_of
from reports.unit_group import group_units


@override("vi")
def draft_class_proposal(unit: Organisation, user: User, day: date | None = None) -> bytes:
    """The paper of `unit`, which opens classes, as a .docx: the queue that `user` sees on `day`.

    No central form of it was found: it has the parts of a tờ trình (căn cứ, sự cần thiết, đề nghị).
    """
    day = day or today()
    rows = list(list_waiting(user, day).select_related("branch", "commune", "candidate"))
    queue = weigh_queue(user, day)
    last = AwarenessClass.objects.for_user(user).filter(first__lte=day).first()
    name = propose_class_name(unit, day.year)
    blocks: tuple[Block, ...] = (
        f"Kính gửi: {_addressee(unit)}.",
        *_basis(day, last),
        Heading("I- SỐ NGƯỜI CHỜ LỚP"),
        *_need(rows, queue, list_expired(user, day).count(), day),
        _table(rows, day),
        Heading("II- ĐỀ NGHỊ"),
        *_asked(name, queue, last, day),
    )
    return fill_paper(
        Paper(
            type="TỜ TRÌNH",
            letters="TTr",
            abstract=f"mở {_in_sentence(name)}, lớp bồi dưỡng nhận thức về Đảng",
            issuer=issuer_of(group_units([unit])),
            blocks=blocks,
            to="Như trên",
            day=day,
        )
    )


def _addressee(unit):
    return unit.committee if unit.is_branch else f"Ban Thường vụ {unit.committee}"


def _in_sentence(name):
    return name[:1].lower() + name[1:]


def _basis(day, last):
    law = procedure.version_in_force(day).regulations_on(day)[0]
    yield f"Căn cứ {law.title} (số {law.symbol}, ngày {short_date(law.date)});"
    if last:
        yield f"Khóa gần nhất: {last.name}, {last.span}."


def _need(rows: list[Dossier], queue: Queue, expired: int, day: date):
    n, least = len(rows), queue.least
    if not rows:
        yield f"Đến ngày {dmy(day)} không có ai chờ lớp."
        return
    words = f"Đến ngày {dmy(day)} có {format_number(n)} người được chi bộ đề nghị, cấp ủy cơ sở đồng ý cử học"
    if queue.under_way:
        words += f", trong đó {format_number(queue.under_way)} người đã mở hồ sơ"
    sign = "đủ" if queue.enough else "chưa đủ"
    yield f"{words}; {sign} mức mở lớp là {format_number(least)} người."
    since = waiting_since(rows[0])
    days = working_days.load_calendar().between(since, day)
    where = rows[0].commune.title
    yield f"Người chờ lâu nhất chờ từ {dmy(since)}, {format_number(days)} ngày làm việc ({where})."
    if queue.long:
        yield f"{format_number(queue.long)} người chờ quá {settings.CLASS_WAIT_MONTHS} tháng."
    if expired:
        yield f"Ngoài ra {format_number(expired)} người có giấy chứng nhận hết giá trị, chi bộ chưa cử học lại."


def _table(rows, day):
    """By base organisation: who waits, with a dossier under way, for too long."""
    units = {row.commune_id: row.commune for row in rows}
    counts = [
        Counter(row.commune_id for row in rows if kept(row))
        for kept in (
            lambda row: True,
            lambda row: row.state != State.LISTED,
            lambda row: waiting_since(row) < too_long_before(day),
        )
    ]
    ordered = sorted(units.values(), key=lambda unit: (unit.place_in_tables, unit.pk))
    lines = [
        Row((n, unit.short_name, *(count[unit.pk] for count in counts)))
        for n, unit in enumerate(ordered, start=1)
    ]
    lines.append(Row(("", "Cộng", *(sum(count.values()) for count in counts)), "total"))
    columns = (
        Column("no", "TT", 5, "number"),
        Column("unit", "Đơn vị", 36),
        Column("waiting", "Chờ lớp", 12, "number"),
        Column("under_way", "Đã mở hồ sơ", 12, "number"),
        Column("long", f"Chờ quá {settings.CLASS_WAIT_MONTHS} tháng", 14, "number"),
    )
    return Table("waiting", "Người chờ lớp theo đơn vị", columns, tuple(lines))


def _asked(name, queue, last, day):
    when = f", khai giảng trước ngày {dmy(queue.due)}" if queue.due and queue.due > day else ""
    course = f"{_in_sentence(name)}, lớp bồi dưỡng nhận thức về Đảng"
    asked = [f"Mở {course}, dự kiến {format_number(queue.number)} học viên{when}."]
    if last:
        asked.append(f"Giao {last.organiser} tổ chức; nơi học: {last.place}; thời gian {last.days} ngày.")
    asked.append("Danh sách học viên và ban cán sự lớp trình sau khi xét đề cử của cấp ủy cơ sở.")
    yield from (f"{n}. {words}" for n, words in enumerate(asked, start=1))
    yield "Kính trình xem xét, quyết định."
