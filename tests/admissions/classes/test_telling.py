"""Where a class stands, and why somebody is not on the next list."""

from datetime import date

from admissions import classes, workflow
from admissions.classes.figures import tally_class
from admissions.classes.telling import list_differences, tell_standing
from admissions.procedure import CERTIFICATE
from tests.classes_held import LAST


def test_the_differences_stand_in_the_order_of_the_arithmetic(district, course, approved):
    row = {"had": True, "number": "91/2014", "dated_on": date(2014, 11, 14), "note": ""}
    workflow.record_papers(approved[0].dossier, {CERTIFICATE: row}, by=district.staff)
    no = classes.Answer(approved[0], agree=False, reason="Đã có GCN 91/2014")
    classes.check_nominations(course, [no], by=district.staff, on=date(2017, 1, 26), upper=True)
    rows = [classes.Presence(approved[1], 0, "ốm"), classes.Presence(approved[2], 2)]
    classes.record_attendance(course, rows, by=district.staff, on=LAST)
    told = [
        (group.before, [line[1:] for line in group.rows])
        for group in list_differences(course, district.staff)
    ]
    assert told == [
        (0, [("ok", "Đã có GCN 91/2014")]),
        (1, [("no", "Học 2/5 ngày"), ("no", "Vắng cả khóa, ốm")]),
    ]


def test_a_class_says_what_it_waits_for(district, course, passed):
    tally = tally_class(course, district.staff)
    assert tell_standing(course, tally, date(2017, 1, 20))[1] == "nhận đề cử, học từ 06/02/2017"
    assert tell_standing(course, tally, LAST)[1] == "học xong, chưa cấp giấy chứng nhận"
    classes.give_certificates(course, passed[:1], by=district.staff, on=LAST, number="01/2017")
    tally = tally_class(course, district.staff)
    assert tell_standing(course, tally, LAST)[1] == "còn 2 giấy chứng nhận chưa cấp"
    nothing = tally_class(course, district.branch)
    assert nothing.nominated == 2
