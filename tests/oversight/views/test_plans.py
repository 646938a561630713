"""Pages of documents: written, changed, opened, and nobody writes over what another changed."""

from datetime import date

import pytest

from oversight.models import Plan
from oversight.plans import record_plan, set_sub_targets
from reports import periods
from tests import factories
from tests.word_files import lines_of_file

pytestmark = pytest.mark.django_db
YEAR = periods.year_period(2017)
TYPED = {
    "kind": "plan",
    "number": "KH 08-KH/HU",
    "on": "09/01/2017",
    "title": "Kế hoạch năm 2017",
    "first": "01/01/2017",
    "last": "31/12/2017",
    "every_branch": "on",
}


@pytest.fixture
def plan(district):
    facts = {"kind": "plan", "number": "KH 08-KH/HU", "on": date(2017, 1, 9), "title": "Kế hoạch năm 2017"}
    row = record_plan(
        district.root, **facts, first=YEAR.first, last=YEAR.last, every_branch=True, by=district.staff
    )
    factories.quota(district.root, YEAR, 3)
    factories.quota(district.home, YEAR, 2, basis=row.basis)
    set_sub_targets(row, {"women": 2}, by=district.staff)
    factories.admitted(district.rural, district.staff)
    return row


def test_a_document_is_written_down_and_opens(staff, district):
    response = staff.post(f"/theo-doi/van-ban/moi/?don-vi={district.root.pk}&ky=2017", TYPED)
    plan = Plan.objects.get()
    assert response.url == f"/theo-doi/van-ban/{plan.pk}/"
    page = staff.get(response.url).content.decode()
    assert "Chi bộ có nguồn đều kết nạp:" in page
    assert "Chưa có chỉ tiêu, việc hay tổ nào dựa trên văn bản này." in page


def test_a_form_with_a_mistake_keeps_what_was_typed(staff, district):
    response = staff.post("/theo-doi/van-ban/moi/?ky=2017", TYPED | {"on": "09/01/2018"})
    assert response.status_code == 422
    assert "Văn bản không thể ghi ngày sau hôm nay." in response.content.decode()
    assert 'value="KH 08-KH/HU"' in response.content.decode()
    assert not Plan.objects.exists()


def test_every_number_of_a_plan_opens_as_many_people(staff, plan):
    factories.dossier(
        plan.unit.children.get(name="Đồng Văn").children.get(), factories.user("x", "board_staff", plan.unit)
    )
    for what, group, number in (("ket-nap", "women", 1), ("nguon", "all", 1), ("ho-so", "women", 0)):
        page = staff.get(f"/theo-doi/van-ban/{plan.pk}/nguoi/?o={what}&nhom={group}")
        assert f'<b id="count">{number}</b>' in page.content.decode()
    for what, number in (("ket-nap", 1), ("ho-so", 0), ("nguon", 1), ("", 2)):
        page = staff.get(f"/theo-doi/van-ban/{plan.pk}/chi-bo/?o={what}")
        assert f'<b id="count">{number}</b>' in page.content.decode()
    assert staff.get(f"/theo-doi/van-ban/{plan.pk}/nguoi/?o=x").status_code == 404


def test_what_another_changed_meanwhile_is_not_written_over(staff, district, plan):
    address = f"/theo-doi/van-ban/{plan.pk}/sua/"
    seen = staff.get(address).context["form"].initial["seen"]
    set_sub_targets(plan, {"women": 4}, by=district.leader)
    typed = {"lead": "Ban Tổ chức", "content": "Một.", "target_women": "3", "seen": seen}
    response = staff.post(address, typed)
    assert response.status_code == 422
    assert "Vừa có người sửa văn bản này." in response.content.decode()
    response = staff.post(address, typed | {"seen": response.context["form"].data["seen"]})
    assert response.status_code == 302
    assert plan.sub_targets.get().number == 3


def test_a_task_of_a_plan_is_given_on_its_page(staff, plan):
    typed = {"what": "Lập danh sách nguồn", "who": "21 đơn vị", "before": "20/03/2017"}
    assert staff.post(f"/theo-doi/van-ban/{plan.pk}/viec/", typed).status_code == 302
    assert "Lập danh sách nguồn" in staff.get(f"/theo-doi/van-ban/{plan.pk}/").content.decode()
    assert staff.post(f"/theo-doi/van-ban/{plan.pk}/viec/", typed | {"who": ""}).status_code == 422


def test_the_reminder_and_the_yearly_plan_are_word_files(staff, district, plan):
    reminder = staff.post(f"/theo-doi/van-ban/{plan.pk}/nhac/")
    assert "Trung Nguyên" in lines_of_file(reminder.content)
    draft = staff.post(f"/theo-doi/van-ban/lap-ke-hoach/?don-vi={district.home.pk}", {"nam": "2017"})
    assert "Kết nạp đảng viên năm 2017 của Đảng bộ xã Trung Nguyên" in lines_of_file(draft.content)
    assert staff.post("/theo-doi/van-ban/lap-ke-hoach/", {"nam": "nay"}).status_code == 302


def test_a_commune_does_not_open_the_plan_above_but_sees_that_its_own_rests_on_it(client, district, plan):
    own = record_plan(
        district.home,
        kind="plan",
        number="KH 02-KH/ĐU",
        on=date(2017, 1, 12),
        title="Kế hoạch của xã",
        first=YEAR.first,
        last=YEAR.last,
        rests_on=plan,
        by=district.commune,
    )
    client.force_login(district.commune)
    assert client.get(f"/theo-doi/van-ban/{plan.pk}/").status_code == 404
    for address in ("/theo-doi/van-ban/", f"/theo-doi/van-ban/{own.pk}/"):
        page = client.get(address).content.decode()
        assert "KH 08-KH/HU, 09/01/2017" in page
        assert f"/theo-doi/van-ban/{plan.pk}/" not in page
