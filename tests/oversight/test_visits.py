"""A visit is arranged, held with the figures of its day, written down, signed, and then only added to."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from admissions.exceptions import Refused, Stale
from oversight import visits
from oversight.models import Task, Visit
from oversight.tasks import report_task
from oversight.visits import Conclusion
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 24)


def conclude(visit, by, *whats, before=date(2017, 3, 31), number="12-TB/HU"):
    rows = [Conclusion(visit.unit, what, "Bí thư chi bộ", before) for what in whats]
    texts = {"strengths": "Rà soát đủ.", "causes": "Thanh niên đi làm xa."}
    lacking = [("sources", "Chưa có nguồn nữ."), ("sources", "Đoàn xã chưa giới thiệu ai.")]
    visits.write_findings(visit, **texts, shortcomings=lacking, conclusions=rows, by=by, seen=visit.version)
    visit.refresh_from_db()
    tasks = visits.sign_visit(visit, number=number, by=by, seen=visit.version)
    visit.refresh_from_db()
    return tasks


def test_a_visit_takes_down_the_figures_of_its_day(district, oversight):
    factories.dossier(district.rural, district.staff, listed_on=date(2017, 2, 24))
    later = factories.candidate(full_name="Lê Thị Sau")
    factories.dossier(district.rural, district.staff, person=later, listed_on=date(2017, 2, 25))
    factories.admitted(district.school, district.staff, full_name="Nguyễn Văn Trước", sex="male")
    visit = visits.arrange_visit(district.rural, on=DAY, by=oversight.head, team=oversight.team)
    facts = {"met": "Bí thư", "members": None, "present": None, "by": oversight.head}
    visits.hold_visit(visit, on=DAY, **facts, seen=0)
    visit.refresh_from_db()
    assert visit.facts["sources"] == {"unit": 1, "commune": 1}
    assert visit.facts["admitted"] == {"unit": 0, "commune": 1}
    visits.hold_visit(visit, on=date(2017, 2, 25), **facts, seen=1)
    visit.refresh_from_db()
    assert visit.facts["sources"] == {"unit": 2, "commune": 2}


def test_who_is_no_team_nor_follower_of_a_unit_arranges_nothing_there(district, oversight):
    with pytest.raises(PermissionDenied):
        visits.arrange_visit(district.far, on=DAY, by=oversight.head, team=oversight.team)
    with pytest.raises(PermissionDenied):
        visits.arrange_visit(district.rural, on=DAY, by=district.commune, team=oversight.team)
    with pytest.raises(Refused, match="không có tổ công tác"):
        visits.arrange_visit(district.far, on=DAY, by=district.staff, team=oversight.team)
    with pytest.raises(Refused, match="không có tổ công tác"):
        visits.arrange_visit(district.rural, on=DAY, by=oversight.follower, follower=oversight.head)


def test_an_arrangement_is_moved_or_taken_back_until_it_was_held(district, oversight):
    visit = visits.arrange_visit(district.home, on=DAY, by=oversight.follower, follower=oversight.follower)
    assert visit.kind == Visit.Kind.COMMITTEE
    visits.move_visit(visit, date(2017, 3, 3), by=oversight.follower, seen=0)
    with pytest.raises(Stale):
        visits.cancel_visit(visit, by=oversight.follower, seen=0)
    visits.cancel_visit(visit, by=oversight.follower, seen=1)
    assert not Visit.objects.exists()


def test_a_visit_is_held_on_a_day_that_has_come_with_no_more_present_than_members(district, oversight):
    visit = visits.arrange_visit(district.rural, on=DAY, by=oversight.head, team=oversight.team)
    with pytest.raises(Refused) as refusal:
        facts = {"met": "", "members": 5, "present": 6, "by": oversight.head, "seen": 0}
        visits.hold_visit(visit, on=date(2017, 2, 28), **facts)
    assert set(refusal.value.message_dict) == {"on", "met", "present"}


def test_a_signed_conclusion_becomes_tasks_and_stays_as_it_is(oversight, visit):
    (task,) = conclude(visit, oversight.head, "Nêu 1 nguồn nữ")
    assert (task.unit, task.before, task.visit) == (visit.unit, date(2017, 3, 31), visit)
    assert [row.kind for row in visit.shortcomings.all()] == ["sources", "sources"]
    assert (visit.signed_by, visit.conclusions) == (oversight.head, [])
    with pytest.raises(Refused, match="chỉ bổ sung được"):
        conclude(visit, oversight.head, "Việc khác")
    visits.add_to_visit(
        visit,
        "Đã trao đổi thêm với Đoàn xã",
        by=oversight.head,
        conclusion=Conclusion(visit.unit, "Báo cáo lại", "Chi ủy", date(2017, 3, 10)),
    )
    assert Task.objects.filter(visit=visit).count() == 2
    with pytest.raises((TypeError, ProtectedError)):
        visit.additions.get().delete()


def test_the_head_signs_and_a_member_does_not(oversight, visit):
    with pytest.raises(Refused, match="Tổ trưởng"):
        conclude(visit, oversight.member, "Nêu 1 nguồn nữ")
    assert not Task.objects.exists()


def test_two_who_write_at_once_lose_nothing(oversight, visit):
    conclusions = [Conclusion(visit.unit, "Việc", "Chi ủy", date(2017, 3, 31))]
    facts = {"strengths": "", "causes": "", "shortcomings": [], "conclusions": conclusions}
    visits.write_findings(visit, **facts, by=oversight.head, seen=visit.version)
    with pytest.raises(Stale):
        visits.write_findings(visit, **facts, by=oversight.member, seen=visit.version)


def test_the_next_visit_asks_of_the_tasks_before(district, oversight, visit):
    first, second = conclude(visit, oversight.head, "Nêu 1 nguồn nữ", "Đổi người giúp đỡ")
    after = visits.arrange_visit(district.rural, on=date(2017, 2, 27), by=oversight.head, team=oversight.team)
    assert visits.former_visit(after) == visit
    report_task(first, state="done", on=date(2017, 2, 27), by=oversight.head, visit=after)
    assert [*visits.former_tasks(after)] == [first, second]


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2017, 2, 24), date(2017, 3, 6)), (date(2017, 2, 22), date(2017, 3, 6))],
)
def test_a_deadline_is_ten_days_away_or_the_monday_after(db, day, due):
    assert visits.propose_deadline(day) == due
