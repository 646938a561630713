"""What of the visits is due stands on the day's page of whoever has to do it."""

from datetime import date

import pytest

from admissions.worklist.errands import list_errands
from oversight import visits
from oversight.visits import Conclusion
from tests.markup import markup

pytestmark = pytest.mark.django_db


def told(user):
    user.__dict__.pop("current_posts", None)
    return [(errand.what, errand.due) for errand in list_errands(user) if "/theo-doi/buoi/" in errand.url]


def test_a_team_and_a_follower_are_told_of_the_visits_that_lack(district, oversight):
    end = date(2017, 3, 31)
    assert told(oversight.member) == [("Quý I/2017 chưa dự, chưa hẹn ngày", end)]
    assert told(oversight.follower) == [("Quý I/2017 đồng chí chưa làm việc với đơn vị", end)]
    visits.arrange_visit(district.home, on=date(2017, 3, 9), by=oversight.head, team=oversight.team)
    assert told(oversight.head) == [("Dự sinh hoạt ngày 09/03/2017", date(2017, 3, 9))]
    assert told(district.leader) == []


def test_the_head_is_told_to_sign_and_the_branch_of_its_tasks(client, district, oversight, visit):
    assert told(oversight.head) == [("Ký kết luận buổi dự ngày 24/02/2017", date(2017, 3, 6))]
    assert told(oversight.member) == []
    work = [Conclusion(district.rural, "Nêu 1 nguồn", "Chi ủy", date(2017, 3, 10))]
    facts = {"strengths": "", "causes": "", "shortcomings": [], "conclusions": work, "by": oversight.head}
    visits.write_findings(visit, **facts, seen=visit.version)
    assert told(district.branch) == []
    visits.sign_visit(visit, by=oversight.head, seen=visit.version + 1)
    assert told(oversight.head) == []
    (task,) = visit.tasks.all()
    assert (task.unit, task.what, task.before) == (district.rural, "Nêu 1 nguồn", date(2017, 3, 10))
    client.force_login(district.branch)
    assert "Nêu 1 nguồn" in markup(client.get("/ho-so/hom-nay/"))
