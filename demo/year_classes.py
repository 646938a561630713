"""The demonstration's awareness classes: course II of 2016 with its certificates, course I of 2017 waiting for them.

Their people are the sources without a certificate, sent by branch and base committee before each class.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from admissions import classes
from admissions.choices import ClassStep
from admissions.models import AwarenessClass, Dossier, Enrolment
from admissions.states import State
from demo.moments import office_hour
from demo.units import District

CENTRE = "Trung tâm Bồi dưỡng chính trị huyện"
PROGRAMME = """Khái quát lịch sử Đảng Cộng sản Việt Nam
Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội
Nội dung cơ bản của Điều lệ Đảng
Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh
Phấn đấu trở thành đảng viên Đảng Cộng sản Việt Nam"""

AUTUMN: dict[str, Any] = {
    "name": "Khóa II năm 2016",
    "number": "846-QĐ/HU",
    "decided_on": date(2016, 10, 12),
    "first": date(2016, 10, 24),
    "last": date(2016, 10, 28),
    "committee_number": "847-QĐ/HU",
    "committee_on": date(2016, 10, 12),
    "committee": "Phùng Văn Thịnh, lớp trưởng\nTạ Thị Mơ\nĐào Quang Bình",
}
SPRING: dict[str, Any] = {
    "name": "Khóa I năm 2017",
    "number": "112-QĐ/HU",
    "decided_on": date(2017, 2, 10),
    "first": date(2017, 2, 20),
    "last": date(2017, 2, 24),
    "committee_number": "113-QĐ/HU",
    "committee_on": date(2017, 2, 10),
    "committee": "Nguyễn Hữu Thiện, lớp trưởng\nKim Thị Nhài\nBùi Văn Toàn",
}
ABSENCES = ("ốm nằm viện", "đi công tác", "thi học sinh giỏi")
REFUSALS = (
    "Chi bộ chưa có nghị quyết cử học",
    "Chưa có ý kiến của cha mẹ",
    "Chuyển đơn vị, chi bộ mới cử lại",
)


def hold_classes(teller: Any, district: District) -> None:
    """Tell both classes; two thirds of the sources are sent, some of whom still wait afterwards."""
    people = list(_without_certificate())
    teller.random.shuffle(people)
    autumn = _tell(teller, district, AUTUMN, [row for row in people if row.listed_on < date(2016, 8, 1)][:34])
    _give(teller, autumn, date(2016, 11, 7))
    _tell(teller, district, SPRING, list(_without_certificate())[::2][:38])
    for row in list(_without_certificate())[::3]:
        _send(
            teller,
            row,
            teller.calendar.next_working(max(row.listed_on, date(2016, 6, 20)) + timedelta(days=20)),
        )


def _without_certificate():
    rows = Dossier.objects.filter(state=State.LISTED, certified_on=None, class_agreed_on=None)
    rows = rows.filter(listed_on__lt=date(2017, 1, 25), branch__valid_to=None)
    return rows.select_related("branch__parent", "commune", "candidate").order_by(F("year"), F("serial"))


def _send(teller, row, on):
    teller.act(row, "propose_source", on, what="class", number=f"{teller.random.randint(3, 24):02d}-NQ/CB")
    teller.act(row, "agree_proposal", on)


def _tell(teller, district, facts, people):
    """Open a class for `people`, nominate, check and assess them; returns it."""
    at = office_hour(facts["decided_on"], 1)
    kept = {"organiser": CENTRE, "place": CENTRE, "days": 5, "programme": PROGRAMME, "at": at}
    course = classes.open_class(AwarenessClass(unit=district.root, **facts, **kept), by=teller.staff)
    nominated_on = teller.before(course.first, 3, 6)
    for row in people:
        _send(
            teller, row, teller.calendar.next_working(max(row.listed_on, course.first - timedelta(days=75)))
        )
    nominees = [classes.Nominee(row, f"{teller.random.randint(3, 24):02d}-NQ/CB") for row in people]
    on = max(nominated_on, course.decided_on)
    facts = {"by": teller.staff, "on": on, "at": office_hour(on, 2)}
    rows = classes.nominate_people(course, nominees, **facts)
    refused = rows[:3]
    answers = [classes.Answer(row, row not in refused, REFUSALS[n % 3]) for n, row in enumerate(rows)]
    on = max(on, teller.before(course.first, 1, 2))
    classes.check_nominations(course, answers, by=teller.staff, on=on, at=office_hour(on, 5), upper=True)
    _attend(teller, course, rows[3:])
    return course


def _attend(teller, course, rows):
    absent = dict(zip(rows[:3], (0, 2, 3), strict=True))
    presences = [
        classes.Presence(row, absent.get(row, 5), ABSENCES[n % 3] if row in absent else "")
        for n, row in enumerate(rows)
    ]
    facts = {"by": teller.staff, "on": course.last, "at": office_hour(course.last, 6)}
    classes.record_attendance(course, presences, **facts)
    results = [_assess(teller, course, n, row) for n, row in enumerate(rows[3:])]
    classes.record_results(course, results, **facts)


def _assess(teller, course, n, row):
    if n < 2:
        due = course.last + timedelta(days=14)
        return classes.Assessment(row, ClassStep.REWRITE, score=Decimal(4), rewrite_by=due)
    if n == 2:
        return classes.Assessment(row, ClassStep.FAILED, reason="Không nộp bài")
    grade, low = teller.random.choice((("excellent", 8), ("good", 7), ("good", 7), ("good", 7), ("fair", 5)))
    return classes.Assessment(
        row, ClassStep.PASSED, grade, Decimal(low) + Decimal(teller.random.randint(0, 1)) / 2
    )


def _give(teller, course, on):
    passed = Enrolment.objects.filter(awareness_class=course, step=ClassStep.PASSED).by_unit()
    again = Enrolment.objects.filter(awareness_class=course, step=ClassStep.REWRITE).by_unit()
    written = [classes.Assessment(row, ClassStep.PASSED, "fair", Decimal(5)) for row in again]
    facts = {"by": teller.staff, "on": on, "at": office_hour(on, 7)}
    classes.record_results(course, written, **facts)
    classes.give_certificates(course, list(passed.all()), number="41/2016", **facts)
