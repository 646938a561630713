"""Entering and correcting a dossier: what is taken, and what bad input gets."""

import unicodedata
from datetime import date

import pytest

from admissions import workflow
from admissions.models import Candidate, Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_a_dossier_is_entered_and_opens(staff, form, district):
    response = staff.post("/ho-so/moi/", form, follow=True)
    assert "Nguyễn Thị Hạnh" in markup(response)
    assert "Danh sách cảm tình Đảng" in markup(response)
    row = Dossier.objects.get()
    assert (row.number, row.state, row.commune) == ("2017/0001", State.LISTED, district.home)
    assert row.events.get().by == district.staff


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("born_on", "31/02/1998", "31/02/1998 không có trong lịch, tháng 2 có 28 ngày"),
        ("born_on", "31/11/1998", "31/11/1998 không có trong lịch, tháng 11 có 30 ngày"),
        ("born_on", "hôm qua", "không phải là ngày"),
        ("born_on", "01/03/2017", "Ngày sinh phải trước ngày vào danh sách"),
        ("listed_on", "28/02/2017", "28/02/2017 chưa tới"),
        ("full_name", "=HYPERLINK(1)", "“=” không dùng trong họ tên"),
        ("full_name", "Nguyễn 😀 Hạnh", "“😀” không ghi được vào sổ"),
        ("full_name", "a" * 10_000, "Dài 10000 ký tự; nhiều nhất 120"),
        ("full_name", "Hạnh", "Ghi đủ họ và tên"),
        ("full_name", "   ", "Ô này phải nhập"),
        ("home_place", "x" * 10_000, "Dài 10000 ký tự; nhiều nhất 200"),
        ("citizen_id", "13574690", "có 8 ký tự; số CMND có 9 chữ số"),
        ("citizen_id", "12345678a", "số CMND có 9 chữ số"),
        ("second_introducer", "lê văn toản", "Trùng với người thứ nhất"),
        ("introducer", "Nguyễn Thị Hạnh", "Không tự giới thiệu mình được"),
        ("branch", "999999", "Không có chi bộ này trong phạm vi"),
    ],
)
def test_bad_input_gets_a_sentence_changes_nothing_and_loses_nothing(staff, form, field, typed, sentence):
    response = staff.post("/ho-so/moi/", form | {field: typed})
    assert response.status_code == 422
    page = markup(response)
    assert sentence in page
    assert "Chưa lưu được: có" in page
    assert 'value="Thôn Tân Nguyên"' in page, "what was typed elsewhere is still there"
    assert f'href="#id_{field}"' in page
    assert not Dossier.objects.exists()
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("typed", ["5/2/96", "05021996", "05/02/1996", "5.2.1996", "1996-02-05"])
def test_dates_are_taken_as_people_type_them(staff, form, typed):
    staff.post("/ho-so/moi/", form | {"born_on": typed})
    assert Candidate.objects.get().born_on == date(1996, 2, 5)


def test_text_in_parts_is_stored_whole(staff, form):
    apart = unicodedata.normalize("NFD", "  Đỗ  Thị\u200b Thanh Bình ")
    staff.post("/ho-so/moi/", form | {"full_name": apart})
    assert Candidate.objects.get().full_name == "Đỗ Thị Thanh Bình"


def test_a_commune_cannot_enter_for_another_communes_branch(client, form, district):
    client.force_login(district.commune)
    response = client.post("/ho-so/moi/", form | {"branch": district.far.pk})
    assert response.status_code == 422
    assert "Không có chi bộ này trong phạm vi" in markup(response)
    assert "Báo Văn" not in markup(response)
    assert not Dossier.objects.exists()


def test_an_identity_number_already_in_the_register_is_refused(staff, form):
    staff.post("/ho-so/moi/", form)
    response = staff.post("/ho-so/moi/", form | {"full_name": "Trần Thị Hoa"})
    assert response.status_code == 422
    assert "đã ghi cho một người khác" in markup(response)
    assert Dossier.objects.count() == 1


def test_an_odd_identity_number_is_only_remarked_on(staff, form):
    response = staff.post("/ho-so/moi/", form | {"citizen_id": "026098000111"}, follow=True)
    assert "không khớp với giới tính" in markup(response)
    assert Dossier.objects.count() == 1


def test_the_same_name_and_year_are_shown_before_saving(staff, form, district):
    staff.post("/ho-so/moi/", form)
    twin = {"full_name": "nguyen thi hanh", "born_on": "01/01/1998"}
    response = staff.get("/ho-so/moi/", twin, headers={"HX-Request": "true"})
    assert "Có thể đã có trong sổ" in markup(response)
    assert "2017/0001" in markup(response)
    assert "<html" not in markup(response)


def test_possible_duplicates_outside_the_scope_are_not_shown(client, district):
    factories.dossier(district.far, district.staff)
    client.force_login(district.commune)
    twin = {"full_name": "Đỗ Thị Thanh Bình", "born_on": "01/01/1992"}
    response = client.get("/ho-so/moi/", twin, headers={"HX-Request": "true"})
    assert "Có thể đã có" not in markup(response)


def test_correcting_keeps_the_number_and_tells_what_was_changed(staff, form):
    staff.post("/ho-so/moi/", form)
    row = Dossier.objects.get()
    staff.post("/ho-so/2017/1/sua/", form | {"residence": "Thôn Lạc Trung", "version": row.version})
    row.refresh_from_db()
    assert row.candidate.residence == "Thôn Lạc Trung"
    assert row.events.last().facts["fields"] == {"residence": ["Thôn Tân Nguyên", "Thôn Lạc Trung"]}
    assert "sửa Nơi ở hiện nay" in markup(staff.get("/ho-so/2017/1/"))


def test_a_changed_identity_number_is_told_without_its_digits(staff, form):
    staff.post("/ho-so/moi/", form)
    staff.post("/ho-so/2017/1/sua/", form | {"citizen_id": "135746903", "version": 1})
    assert Dossier.objects.get().events.last().facts["fields"] == {"citizen_id": ["***", "***"]}


def test_correcting_what_someone_else_changed_meanwhile_is_refused(staff, form):
    staff.post("/ho-so/moi/", form)
    response = staff.post("/ho-so/2017/1/sua/", form | {"residence": "Thôn Lạc Trung", "version": 0})
    assert response.status_code == 422
    assert "vừa có người ghi thêm" in markup(response)
    assert Candidate.objects.get().residence == "Thôn Tân Nguyên"


def test_markup_in_a_name_is_shown_as_text(staff, district):
    person = factories.candidate(residence="<script>alert(1)</script>")
    row = factories.dossier(district.rural, district.staff, person=person)
    page = markup(staff.get(f"{row.get_absolute_url()}sua/"))
    assert "<script>alert" not in page


def test_a_listing_date_after_what_has_happened_is_refused(staff, form, district):
    staff.post("/ho-so/moi/", form | {"listed_on": "04/01/2016"})
    row = Dossier.objects.get()
    staff.post(f"{row.get_absolute_url()}viec/apply/", {"on": "15/08/2016", "version": row.version})
    response = staff.post(f"{row.get_absolute_url()}sua/", form | {"listed_on": "16/08/2016", "version": 2})
    assert response.status_code == 422
    assert "Đã có việc ngày 15/08/2016 trước ngày này" in markup(response)


def test_a_branch_keeps_the_dossier_it_has_voted_on(staff, form, district):
    row = reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    staff.post(f"{row.get_absolute_url()}sua/", form | {"branch": district.far.pk, "version": row.version})
    row.refresh_from_db()
    assert row.branch == district.rural


def test_after_an_annulled_procedure_the_page_leads_to_a_new_dossier(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)
    facts = {"kind": "procedure", "number": "90-QĐ/HU", "reason": "sai thẩm quyền"}
    workflow.perform(row, "annul", by=district.leader, on=date(2017, 2, 20), **facts)
    client.force_login(district.staff)
    assert "Làm lại thủ tục kết nạp" in markup(client.get(row.get_absolute_url()))
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


def test_someone_who_comes_on_probation_is_taken_up_through_the_page(staff, form):
    arrived = {"stage": "probationary", "on": "20/02/2017", "place": "huyện Bình Xuyên", "number": "12-GT/HU"}
    signed = {"elsewhere_on": "05/01/2016", "elsewhere_number": "77-QĐ/HU"}
    typed = {name: value for name, value in form.items() if name != "listed_on"} | arrived | signed
    answer = staff.post("/ho-so/chuyen-den/", typed)
    assert answer.status_code == 422
    assert "Cần ghi để nhận ở bước này." in markup(answer)
    assert 'value="huyện Bình Xuyên"' in markup(answer), "what was typed stays"
    page = markup(staff.post("/ho-so/chuyen-den/", typed | {"ceremony_on": "01/02/2016"}, follow=True))
    row = Dossier.objects.get()
    assert (row.state, row.probation_ends_on) == ("probationary", date(2017, 2, 1))
    assert "nhận từ huyện Bình Xuyên chuyển đến theo 12-GT/HU" in page
    assert "Quyết định 77-QĐ/HU" in page


def test_someone_who_moved_away_and_comes_back_is_the_same_person(staff, form, district):
    row = reach(factories.dossier(district.rural, district.staff), State.PROBATIONARY, district.staff)
    away = {"to": "huyện Bình Xuyên", "number": "3-GT/HU"}
    workflow.perform(row, "transfer", by=district.staff, on=date(2017, 2, 10), **away)
    link = f"/ho-so/chuyen-den/?tu={row.year}/{row.serial}"
    assert link in markup(staff.get(row.get_absolute_url()))
    arrived = {"stage": "probationary", "on": "20/02/2017", "place": "huyện Bình Xuyên", "number": "12-GT/HU"}
    signed = {"elsewhere_on": "10/01/2017", "elsewhere_number": "31-QĐ/HU", "ceremony_on": "03/02/2017"}
    assert staff.post(link, form | {"citizen_id": ""} | arrived | signed).status_code == 302
    back = Dossier.objects.get(state=State.PROBATIONARY)
    assert (back.previous, back.candidate) == (row, row.candidate)
    assert staff.get(link).status_code == 404, "once"
