"""The pages of plans: from a unit to the plan, its figures before and after, and who may see and write it."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from branches import drafts
from branches.drafts import ChangeDraft
from branches.models import ChangeKind, Kind, Organisation, Reorganisation, Tier
from branches.reorganisation.loading import list_files
from tests import factories
from tests.branches.test_drafts import BASIS
from tests.markup import markup

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "12-QĐ/ĐU",
    "decided_on": "20/02/2017",
    "issuer": "Ban Thường vụ Đảng ủy xã Trung Nguyên",
    "day": "27/02/2017",
}
State = Reorganisation.State


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


@pytest.fixture
def beside(district):
    """A second rural branch of Trung Nguyên, with somebody on its list and somebody admitted."""
    row = factories.unit(district.home, Tier.BRANCH, Kind.VILLAGE, "Đông Lỗ", rural=True)
    factories.dossier(row, district.staff)
    factories.admitted(row, district.staff)
    factories.admitted(district.rural, district.staff)
    return row


@pytest.fixture
def plan(district, beside):
    """A draft that makes one branch of two."""
    merge = ChangeDraft(ChangeKind.MERGE, (district.rural, beside), None, ({"name": "Mới"},))
    basis = BASIS | {"title": "Nhập hai chi bộ", "day": date(2017, 2, 27)}
    return drafts.draft_reorganisation(district.home, basis, [merge], by=district.admin)


def merge_facts(district, beside, **more):
    return TYPED | {"units": [district.rural.pk, beside.pk], "name": "thôn Mới"} | more


def test_from_a_branch_to_the_plan_is_one_form(admin, district, beside):
    page = markup(admin.get(f"/don-vi/{district.rural.pk}/"))
    address = f"/don-vi/{district.rural.pk}/doi/?viec=merge"
    assert f'href="{address}"' in page
    page = markup(admin.get(address))
    assert f'<option value="{district.rural.pk}" selected>' in page, (
        "the branch that one comes from is chosen"
    )
    response = admin.post(address, merge_facts(district, beside))
    plan = Reorganisation.objects.get()
    assert response.url == f"/don-vi/thay-doi/{plan.pk}/"
    assert (plan.unit, plan.owner, plan.state) == (district.home, district.admin, State.DRAFT)
    assert plan.title == "Nhập Chi bộ thôn Đông Lỗ và Chi bộ thôn Tân Nguyên thành Chi bộ thôn Mới"
    assert not Organisation.objects.filter(name="Mới").exists(), "a plan changes nothing"


def test_what_was_typed_stays_when_something_is_wrong(admin, district, beside):
    wrong = merge_facts(district, beside, number="", day="31/02/2017")
    response = admin.post(f"/don-vi/{district.rural.pk}/doi/?viec=merge", wrong)
    page = markup(response)
    assert response.status_code == 422
    assert "tháng 2 có 28 ngày" in page
    assert 'value="thôn Mới"' in page and 'value="31/02/2017"' in page
    assert not Reorganisation.objects.exists()


def test_the_plan_shows_trees_totals_and_what_moves(admin, district, plan):
    page = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    assert "<h1>Nhập hai chi bộ</h1>" in page
    assert "chưa đổi gì" in page
    before, after = page.index("Đến hết 26/02/2017"), page.index("Từ 27/02/2017:")
    tree = page[before : page.index('id="tong"')]
    assert '<li class="end"><b>Chi bộ thôn Tân Nguyên</b>' in tree[: after - before]
    assert '<li class="new"><b>Chi bộ thôn Mới</b>' in tree[after - before :]
    assert "khớp" in page and "lệch" not in page.replace("Lệch một dòng", "")
    assert "Kết thúc 2 chi bộ, lập 1 chi bộ từ 27/02/2017" in page
    assert "giữ người giúp đỡ" in page
    assert not Organisation.objects.filter(name="Mới").exists()
    totals = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/tong/"))
    assert totals.count('scope="row"') >= page[: page.index('id="di"')].count('scope="row"')


def test_the_totals_come_as_a_workbook(admin, plan):
    response = admin.get(f"/don-vi/thay-doi/{plan.pk}/tep/")
    assert response["Content-Disposition"].endswith('.xlsx"')
    book = openpyxl.load_workbook(BytesIO(response.content))
    cells = [cell.value for row in book["Trước và sau"].iter_rows() for cell in row]
    assert "khớp" in cells and "lệch mã" not in cells
    assert any(
        "Hồ sơ đang làm" in str(cell.value) for row in book["Cái gì đi đâu"].iter_rows() for cell in row
    )


def test_a_plan_is_carried_out_once_after_a_check(admin, district, beside, plan):
    address = f"/don-vi/thay-doi/{plan.pk}/thuc-hien/"
    page = markup(admin.get(address))
    assert "Tổng số trước và sau bằng nhau" in page
    response = admin.post(address, {"version": plan.version, "form_key": "a" * 32})
    assert response.url == f"/don-vi/thay-doi/{plan.pk}/"
    plan.refresh_from_db()
    assert plan.state == State.DONE
    new = Organisation.objects.get(name="Mới")
    assert new.valid_from == date(2017, 2, 27)
    admin.post(address, {"version": plan.version, "form_key": "a" * 32})
    assert admin.post(address, {"version": plan.version}).url == response.url
    assert Organisation.objects.filter(name="Mới").count() == 1
    page = markup(admin.get(response.url))
    assert "đã thực hiện, có hiệu lực 27/02/2017" in page
    assert f'href="/don-vi/{new.pk}/">Mở Chi bộ thôn Mới' in page
    assert "Hoàn tác, trả lại 2 đơn vị" in page


def test_a_plan_that_changed_since_it_was_read_is_not_carried_out(admin, district, plan):
    seen = plan.version
    drafts.change_basis(plan, seen, BASIS | {"day": plan.day}, by=district.admin)
    response = admin.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": seen})
    assert response.status_code == 422
    assert "vừa có người sửa" in markup(response)
    plan.refresh_from_db()
    assert plan.state == State.DRAFT


def test_a_plan_is_undone_with_a_reason(admin, district, beside, plan):
    admin.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": plan.version})
    plan.refresh_from_db()
    address = f"/don-vi/thay-doi/{plan.pk}/hoan-tac/"
    response = admin.post(address, {"version": plan.version, "reason": ""})
    assert response.status_code == 422
    response = admin.post(address, {"version": plan.version, "reason": "Nghị quyết bị thu hồi"})
    assert response.status_code == 302
    plan.refresh_from_db()
    district.rural.refresh_from_db()
    assert (plan.state, plan.undone_reason) == (State.UNDONE, "Nghị quyết bị thu hồi")
    assert district.rural.valid_to is None
    assert "Nghị quyết bị thu hồi" in markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))


def test_what_was_built_on_the_new_unit_forbids_undoing(admin, district, plan):
    admin.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": plan.version})
    new = Organisation.objects.get(name="Mới")
    factories.dossier(
        new, district.staff, listed_on=date(2017, 2, 27), person=factories.candidate(full_name="Lê Văn Sau")
    )
    page = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    assert "không còn được" in page
    assert "Hoàn tác, trả lại 2 đơn vị" not in page
    plan.refresh_from_db()
    answer = {"version": plan.version, "reason": "Nhầm"}
    assert admin.post(f"/don-vi/thay-doi/{plan.pk}/hoan-tac/", answer).status_code == 422


def test_a_day_to_come_is_waited_for(admin, district, plan):
    plan.day = date(2017, 4, 1)
    plan.save()
    page = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/"))
    assert "Chờ đến sáng 01/04/2017" in page
    admin.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == State.SCHEDULED
    assert district.rural.exists_on(date(2017, 4, 1))
    assert "chờ đến 01/04/2017" in markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    admin.post(f"/don-vi/thay-doi/{plan.pk}/thoi-cho/", {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == State.DRAFT


def test_the_basis_of_a_plan_is_changed_by_one_person_at_a_time(admin, district, plan):
    address = f"/don-vi/thay-doi/{plan.pk}/can-cu/"
    facts = TYPED | {"title": "Nhập hai chi bộ", "version": plan.version}
    assert admin.post(address, facts | {"number": "13-QĐ/ĐU"}).status_code == 302
    response = admin.post(address, facts | {"number": "14-QĐ/ĐU"})
    page = markup(response)
    assert response.status_code == 422
    assert "vừa có người sửa" in page and 'value="14-QĐ/ĐU"' in page
    plan.refresh_from_db()
    assert plan.number == "13-QĐ/ĐU"
    assert f'name="version" value="{plan.version}"' in page
    assert admin.post(address, facts | {"number": "14-QĐ/ĐU", "version": plan.version}).status_code == 302


def test_a_new_plan_is_named_by_the_changes_that_are_put_into_it(admin, district):
    response = admin.post("/don-vi/thay-doi/moi/", TYPED)
    plan = Reorganisation.objects.get()
    assert response.url == f"/don-vi/thay-doi/{plan.pk}/them/"
    assert (plan.unit, plan.title) == (district.root, "Thay đổi tổ chức từ 27/02/2017")
    assert "Chưa có thay đổi nào trong kế hoạch" in markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    rename = {"unit": district.school.pk, "name": "Trường THCS Trung Nguyên", "version": plan.version}
    admin.post(f"/don-vi/thay-doi/{plan.pk}/them/?viec=rename", rename)
    plan.refresh_from_db()
    assert plan.title == "Đổi tên Chi bộ Trường THCS thành Chi bộ Trường THCS Trung Nguyên"
    row = plan.changes.get()
    again = rename | {"name": "THCS", "version": plan.version}
    admin.post(f"/don-vi/thay-doi/{plan.pk}/viec/{row.pk}/", again)
    plan.refresh_from_db()
    assert plan.title == "Đổi tên Chi bộ Trường THCS thành Chi bộ THCS"
    stale = admin.post(f"/don-vi/thay-doi/{plan.pk}/viec/{row.pk}/", again | {"version": 1})
    assert stale.status_code == 422
    admin.post(f"/don-vi/thay-doi/{plan.pk}/viec/{row.pk}/bo/", {"version": plan.version})
    assert not plan.changes.exists()


def test_namesakes_are_told_apart_before_the_plan_is_carried_out(admin, district):
    factories.unit(district.other, Tier.BRANCH, Kind.PUBLIC_UNIT, "Trường THCS")
    merge = ChangeDraft(ChangeKind.MERGE, (district.home, district.other), None, ({"name": "Mới"},))
    basis = BASIS | {"title": "Nhập hai xã", "day": date(2017, 2, 27)}
    plan = drafts.draft_reorganisation(district.root, basis, [merge], by=district.admin)
    page = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    assert "phải chọn trước" in page
    assert "Kết thúc 2 đảng bộ" not in page, "no button while something blocks"
    refused = admin.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": plan.version})
    assert refused.status_code == 422
    address = page.partition("/chon/?")[2].partition('"')[0].replace("&amp;", "&")
    address = f"/don-vi/thay-doi/{plan.pk}/chon/?{address}"
    page = markup(admin.get(address))
    value = page.partition('type="radio"')[2].partition('value="')[2].partition('"')[0]
    assert admin.post(address, {"version": plan.version, "answer": "khong-co"}).status_code == 422
    assert admin.post(address, {"version": plan.version - 1, "answer": value}).status_code == 422
    assert admin.post(address, {"version": plan.version, "answer": value}).status_code == 302
    page = markup(admin.get(f"/don-vi/thay-doi/{plan.pk}/"))
    assert "Kết thúc 2 đảng bộ, lập 1 đảng bộ từ 27/02/2017" in page
    assert f"do {district.admin} chọn" in page


def test_a_plan_is_given_up_and_stays_in_the_list(admin, plan):
    admin.post(f"/don-vi/thay-doi/{plan.pk}/bo/", {"version": plan.version + 1})
    plan.refresh_from_db()
    assert plan.state == State.DRAFT
    admin.post(f"/don-vi/thay-doi/{plan.pk}/bo/", {"version": plan.version})
    plan.refresh_from_db()
    assert plan.state == State.WITHDRAWN
    assert "1 đã rút" in markup(admin.get("/don-vi/thay-doi/"))


def test_a_draft_is_for_those_who_may_plan_and_what_was_done_for_all(client, admin, district, plan):
    for user, before in ((district.staff, 403), (district.commune, 403), (district.branch, 404)):
        client.force_login(user)
        assert client.get(f"/don-vi/thay-doi/{plan.pk}/").status_code == before
        assert "Nhập hai chi bộ" not in markup(client.get("/don-vi/thay-doi/"))
    client.force_login(district.admin)
    client.post(f"/don-vi/thay-doi/{plan.pk}/thuc-hien/", {"version": plan.version})
    for user, after in ((district.staff, 200), (district.commune, 200), (district.branch, 404)):
        client.force_login(user)
        response = client.get(f"/don-vi/thay-doi/{plan.pk}/")
        assert response.status_code == after
        assert "Hoàn tác, trả lại" not in markup(response)
        assert ("Nhập hai chi bộ" in markup(client.get("/don-vi/thay-doi/"))) == (after == 200)
        assert client.post(f"/don-vi/thay-doi/{plan.pk}/hoan-tac/").status_code in (403, 404)


@pytest.mark.parametrize("act", ["bo", "thoi-cho", "thuc-hien", "viec/1/bo"])
def test_nobody_else_acts_on_a_plan(client, district, plan, act):
    row = plan.changes.get()
    address = f"/don-vi/thay-doi/{plan.pk}/{act.replace('1', str(row.pk))}/"
    for user, answer in ((district.staff, 403), (district.commune, 403), (district.branch, 404)):
        client.force_login(user)
        assert client.post(address, {"version": plan.version}).status_code == answer
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.changes.count()) == (State.DRAFT, 1, 1)


def test_the_plans_at_hand_are_of_the_demonstration(admin, district, settings):
    page = markup(admin.get("/don-vi/thay-doi/co-san/"))
    assert "Thành lập thị trấn Tam Hồng" in page
    assert admin.post("/don-vi/thay-doi/co-san/", {"ke-hoach": "../khong-co"}).status_code == 404
    response = admin.post("/don-vi/thay-doi/co-san/", {"ke-hoach": list_files()[0][0]})
    assert response.status_code == 422, "the small district has no Tam Hồng"
    assert "09043" in markup(response)
    settings.DEMONSTRATION = False
    assert admin.get("/don-vi/thay-doi/co-san/").status_code == 404
    assert "Kế hoạch có sẵn" not in markup(admin.get("/don-vi/thay-doi/"))
