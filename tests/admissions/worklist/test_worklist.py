"""The page of the day: its numbers open what they count, its limits explain themselves, and the way to a dossier."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document as Word

from accounts.models import Activity
from accounts.roles import Role
from admissions import workflow
from admissions.models import Dossier
from admissions.states import State
from admissions.worklist.worklist import COUNTERS, Worklist
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(district):
    """One dossier overdue, one with six working days left, one on the list, one whose probation ends in March."""
    staff = district.staff

    def person(name):
        return factories.candidate(full_name=name)

    late = factories.dossier(district.rural, staff, person=person("Phạm Thị Hòa"))
    reach(late, State.APPRAISAL, staff, branch_agrees=date(2016, 11, 21), base_agrees=date(2016, 12, 1))
    soon = reach(
        factories.dossier(district.far, staff, person=person("Trần Văn Lực")), State.APPRAISAL, staff
    )
    factories.dossier(district.rural, staff, person=person("Đỗ Thị Thái Bình"))
    ending = reach(factories.dossier(district.school, staff), State.PROBATIONARY, staff)
    Dossier.objects.filter(pk=ending.pk).update(probation_ends_on=date(2017, 3, 10))
    return late, soon, ending


def count(page):
    return int(page.content.decode().split('id="count">')[1].split("<")[0])


def test_limits_stand_in_groups_by_working_days(district, desk):
    groups = {key: [due.dossier for due in dues] for key, dues in Worklist(district.staff).groups.items()}
    assert groups["qua"] == [desk[0]]
    assert groups["7"] == [desk[1]]
    (due,) = Worklist(district.staff).groups["7"]
    assert due.deadline.brief == (
        "60 ngày làm việc từ nghị quyết chi bộ 05/12/2016, trừ 02/01 và 5 ngày Tết (QĐ 29, điểm 4.3.1)"
    )


@pytest.mark.parametrize("role", ["staff", "leader", "admin", "commune", "branch"])
def test_every_number_of_the_page_opens_the_dossiers_it_counts(client, district, desk, role):
    client.force_login(getattr(district, role))
    found = Worklist(getattr(district, role))
    asked = {f"trang-thai={c.state}": c.number for c in found.counters}
    asked |= {f"han={key}": len(dues) for key, dues in found.groups.items()}
    asked |= {f"cong-nhan={days}": number for days, number in found.conversions}
    page = client.get("/ho-so/hom-nay/").content.decode()
    for query, number in asked.items():
        assert count(client.get(f"/ho-so/?{query}")) == number, query
        assert f"/ho-so/?{query}" in page or number == 0


def test_rule_27_conversions_are_announced_by_the_day_their_probation_ends(district, desk):
    found = dict(Worklist(district.staff).conversions)
    assert found == {7: 0, 15: 1, 30: 1, 60: 1, 90: 1, "qua": 0}
    Dossier.objects.filter(pk=desk[2].pk).update(probation_ends_on=date(2017, 2, 27))
    assert dict(Worklist(district.staff).conversions) == {7: 0, 15: 0, 30: 0, 60: 0, 90: 0, "qua": 1}


def test_each_role_sees_its_own_work_in_its_own_scope(district, desk):
    assert [c.state for c in Worklist(district.branch).counters] == ["listed", "preparing", "decided"]
    assert [c.state for c in Worklist(district.commune).counters] == ["resolved", "proposed", "returned"]
    assert [due.dossier for due in Worklist(district.commune).within(None, 30)] == [desk[0]]


def test_the_page_asks_the_same_number_of_queries_for_two_dossiers_and_for_many(
    client, district, django_assert_max_num_queries
):
    client.force_login(district.staff)
    for rows in (2, 12):
        for _ in range(rows):
            reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
        with django_assert_max_num_queries(16):
            client.get("/ho-so/hom-nay/")


def test_enter_opens_the_first_hit_and_hits_mark_what_matched(client, district, desk):
    client.force_login(district.staff)
    page = client.get("/ho-so/tim/", {"q": "do thi binh"}, headers={"HX-Request": "true"}).content.decode()
    assert "<mark>Đỗ</mark> <mark>Thị</mark> Thái <mark>Bình</mark>" in page
    answer = client.get("/ho-so/tim/", {"q": "thai binh", "mo": "1"})
    assert answer.url == Dossier.objects.get(candidate__full_name="Đỗ Thị Thái Bình").get_absolute_url()
    assert "Không có hồ sơ nào khớp" in client.get("/ho-so/tim/", {"q": "zzz", "mo": "1"}).content.decode()


def test_what_is_out_of_scope_is_not_found(client, district, desk):
    client.force_login(district.commune)
    assert "Không có hồ sơ nào khớp" in client.get("/ho-so/tim/", {"q": "luc"}).content.decode()


def test_a_document_lists_what_is_missing_and_is_made_and_logged_when_nothing_is(client, district):
    client.force_login(district.staff)
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    url = f"{row.get_absolute_url()}van-ban/6-KND/"
    assert "Số nghị quyết" in client.get(url).content.decode()
    assert client.post(url).status_code == 422
    assert not Activity.objects.filter(action="fetch").exists()
    reach(row := factories.dossier(district.school, district.staff), State.RESOLVED, district.staff)
    answer = client.post(f"{row.get_absolute_url()}van-ban/6-KND/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = "\n".join(p.text for p in Word(BytesIO(answer.content)).paragraphs)
    assert "Đỗ Thị Thanh Bình" in text
    assert Activity.objects.get(action="fetch").subject.startswith(row.number)
    assert client.get(f"{row.get_absolute_url()}van-ban/9-KND/").status_code == 404, "not decided"


def test_after_an_annulled_procedure_the_page_leads_to_a_new_dossier_of_the_same_person(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    facts = {"kind": "procedure", "number": "90-QĐ/HU", "reason": "sai thẩm quyền"}
    workflow.perform(row, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    client.force_login(district.staff)
    assert "Làm lại thủ tục kết nạp" in client.get(row.get_absolute_url()).content.decode()
    address = f"/ho-so/moi/?tu={row.year}/{row.serial}"
    form = client.get(address).context["form"]
    data = {f.html_name: f.value() for f in form if f.value() not in (None, False)}
    data |= {
        name: getattr(form[name].value(), "pk", form[name].value()) for name in ("ethnicity", "religion")
    }
    data |= {"born_on": "14/08/1992", "listed_on": "21/02/2017", "version": "0"}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    new = row.later.get()
    assert (new.candidate, new.state, new.readmission) == (row.candidate, State.LISTED, False)
    assert client.get(address).status_code == 404, "once"


def test_a_role_without_counters_still_has_its_page_of_the_day(client, district, desk, monkeypatch):
    monkeypatch.delitem(COUNTERS, Role.BOARD_STAFF)
    client.force_login(district.staff)
    assert Worklist(district.staff).counters == []
    assert client.get("/ho-so/hom-nay/").status_code == 200


def test_every_role_has_its_counters():
    assert set(COUNTERS) == set(Role)
