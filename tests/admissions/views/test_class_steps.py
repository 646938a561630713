"""The steps of a class on their pages, from the branch's nomination to the certificate."""

import pytest

from admissions import classes
from admissions.choices import ClassStep
from admissions.models import Enrolment
from tests import factories
from tests.classes_held import certified_on, step_of
from tests.markup import markup


@pytest.fixture
def coming(district):
    """A class that begins today."""
    return factories.awareness_class(district.root, district.staff)


def test_a_branch_nominates_the_commune_and_the_district_answer(client, district, coming):
    row = factories.dossier(district.rural, district.staff)
    client.force_login(district.branch)
    address = f"/nguon/lop/{coming.pk}"
    page = client.get(f"{address}/de-cu/?tat-ca=1")
    assert "Cấp ủy cơ sở chưa có ý kiến" in markup(page)
    typed = {"on": "27/02/2017", f"d{row.pk}-picked": "on", f"d{row.pk}-resolution": "7-NQ/CB"}
    client.post(f"{address}/de-cu/?tat-ca=1", typed)
    made = Enrolment.objects.get()
    assert (made.step, made.resolution) == (ClassStep.NOMINATED, "7-NQ/CB")
    key = f"e{made.pk}"
    client.force_login(district.commune)
    client.post(f"{address}/duyet/", {"on": "27/02/2017", f"{key}-answer": "yes", f"{key}-reason": ""})
    assert step_of(made) == ClassStep.PROPOSED
    client.force_login(district.staff)
    page = client.post(f"{address}/duyet/", {"on": "27/02/2017", f"{key}-answer": "no", f"{key}-reason": ""})
    assert page.status_code == 422 and "Cần ghi lý do" in markup(page)
    typed = {"on": "27/02/2017", f"{key}-answer": "no", f"{key}-reason": "chuyển đơn vị"}
    client.post(f"{address}/duyet/", typed)
    assert step_of(made) == ClassStep.DECLINED
    assert "chuyển đơn vị" in markup(client.get(f"{address}/"))


def test_everybody_attended_unless_typed_otherwise_and_results_follow(staff, district, course, approved):
    address, keys = course.get_absolute_url(), [f"e{row.pk}" for row in approved]
    typed = {"on": "27/02/2017"} | {f"{key}-days": "5" for key in keys} | {f"{keys[0]}-days": "0"}
    staff.post(f"{address}du-hoc/", typed)
    assert [step_of(row) for row in approved] == [ClassStep.ABSENT, ClassStep.ATTENDED, ClassStep.ATTENDED]
    typed = {
        "on": "27/02/2017",
        "rewrite_by": "10/03/2017",
        f"{keys[1]}-result": "good",
        f"{keys[1]}-score": "7,5",
        f"{keys[2]}-result": "rewrite",
        f"{keys[2]}-score": "4",
    }
    staff.post(f"{address}ket-qua/", typed)
    page = markup(staff.get(address))
    assert "Điểm 4, viết lại trước ngày 10/03/2017" in page and "3 − 1 − 1 = 1" in page
    typed = {"on": "27/02/2017", "number": "01/2017", "issuer": "Trung tâm", f"{keys[1]}-picked": "on"}
    staff.post(f"{address}cap/", typed)
    assert certified_on(approved[1]) is not None
    staff.post(f"{address}thu-hoi/{approved[1].pk}/", {"reason": "nhầm người"})
    assert step_of(approved[1]) == ClassStep.PASSED


def test_those_who_cannot_get_a_certificate_are_named_and_the_rest_stays_typed(
    staff, district, course, passed
):
    factories.have_papers(passed[0].dossier, district.staff, "branch")
    typed = {"on": "27/02/2017", "number": "05/2017", "issuer": "Trung tâm"}
    typed |= {f"e{row.pk}-picked": "on" for row in passed}
    page = staff.post(f"{course.get_absolute_url()}cap/", typed)
    assert page.status_code == 422
    assert "Bùi Thị An: hồ sơ đã có GCN ngày 24/10/2015" in markup(page) and "05/2017" in markup(page)
    assert certified_on(passed[1]) is None


def test_who_was_answered_meanwhile_is_not_overwritten(staff, district, course, nominated):
    typed = {"on": "27/02/2017"} | {f"e{row.pk}-answer": "yes" for row in nominated}
    no = classes.Answer(nominated[0], agree=False, reason="x")
    classes.check_nominations(course, [no], by=district.leader, on=course.last, upper=True)
    page = staff.post(f"{course.get_absolute_url()}duyet/", typed)
    assert page.status_code == 422 and "1 người vừa có người khác ghi" in markup(page)
    assert step_of(nominated[1]) == ClassStep.PROPOSED
