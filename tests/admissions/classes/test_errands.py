"""What of the classes is due to whom."""

from datetime import date

from admissions import classes
from admissions.choices import ClassStep
from admissions.classes.errands import list_class_errands
from tests import factories
from tests.classes_held import source

DAY = date(2017, 2, 27)


def told(user, day=DAY):
    return [errand.what for errand in list_class_errands(user, day)]


def test_the_district_is_told_of_each_step(district, course, nominated):
    assert told(district.staff, date(2017, 1, 30)) == ["Duyệt 3 người được đề cử"]
    answers = [classes.Answer(row, agree=True) for row in nominated]
    classes.check_nominations(course, answers, by=district.staff, on=date(2017, 1, 25), upper=True)
    assert told(district.staff) == ["Ghi dự học 3 người"]
    rows = [classes.Presence(row, 5) for row in nominated]
    classes.record_attendance(course, rows, by=district.staff, on=course.last)
    assert told(district.leader) == ["Ghi kết quả 3 người"]
    rows = [
        classes.Assessment(nominated[0], ClassStep.PASSED, "good"),
        classes.Assessment(nominated[1], ClassStep.REWRITE, rewrite_by=date(2017, 3, 10)),
        classes.Assessment(nominated[2], ClassStep.FAILED, reason="không nộp bài"),
    ]
    classes.record_results(course, rows, by=district.staff, on=date(2017, 2, 15))
    assert told(district.staff) == ["Ghi kết quả bài viết lại, 1 người", "Cấp 1 giấy chứng nhận"]


def test_the_next_class_is_due_when_enough_wait_and_none_is_coming(district, course, sources, settings):
    assert told(district.staff) == []
    settings.CLASS_SIZE_LEAST = 3
    (errand,) = list_class_errands(district.staff, DAY)
    assert (errand.what, errand.due) == ("Mở lớp nhận thức: 3 người chờ", date(2017, 5, 6))
    factories.awareness_class(district.root, district.staff, name="Khóa II năm 2017", days=4)
    assert told(district.staff) == []


def test_a_commune_checks_and_a_branch_nominates_its_own(district, sources):
    day = date(2017, 2, 28)
    course = factories.awareness_class(district.root, district.staff, first=day, days=4)
    assert told(district.branch) == ["Đề cử học lớp: 2 người chờ"]
    new = source(district.rural, district.staff, "Bùi Thị Mới")
    classes.nominate_people(course, [classes.Nominee(new)], by=district.branch, on=date(2017, 2, 20))
    assert told(district.commune)[0] == "Kiểm 1 người chi bộ đề cử học Khóa I năm 2017"
    assert told(district.admin) == []
