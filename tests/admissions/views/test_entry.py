"""Entering and correcting a dossier: what is taken, and what bad input gets."""

import unicodedata
from datetime import date

import pytest
from django.test import Client

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
        ("full_name", "-.'", "Ghi họ tên bằng chữ"),
        ("introducer", "- -", "Ghi họ tên bằng chữ"),
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
    assert "đã ghi cho một người khác, hồ sơ 2017/0001" in markup(response)
    assert Dossier.objects.count() == 1


def test_an_odd_identity_number_is_only_remarked_on(staff, form):
    response = staff.post("/ho-so/moi/", form | {"citizen_id": "026098000111"}, follow=True)
    assert "không khớp với giới tính" in markup(response)
    assert Dossier.objects.count() == 1


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


def opened(client, address):
    """The form of `address` as a browser would send it untouched."""
    form = client.get(address).context["form"]
    values = {field.html_name: field.field.prepare_value(field.value() or None) for field in form}
    values["version"] = form["version"].value()
    return {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}


@pytest.fixture
def two(client, district):
    """A dossier whose page two people have opened: (its address, what one of them sends, the other client)."""
    row = factories.dossier(district.rural, district.staff)
    address = f"{row.get_absolute_url()}sua/"
    other = Client()
    other.force_login(district.commune)
    client.force_login(district.staff)
    return address, opened(client, address), other, row


def test_of_two_who_edit_neither_loses_a_word(client, two):
    address, sent, other, row = two
    other.post(address, sent | {"residence": "Thôn Lạc Trung", "helper": "Trần Văn Mười"})
    answer = client.post(address, sent | {"home_place": "Đồng Văn", "helper": "Lê Văn Toản"})
    page = markup(answer)
    assert answer.status_code == 422
    assert "vừa có người ghi thêm" in page
    assert "Nguyễn Văn Thử, 27/02/2017" in page, "who wrote it, and when"
    assert "ghi “Thôn Lạc Trung”; đã lấy vào đây" in page
    assert "ghi “Trần Văn Mười”. Đồng chí ghi khác" in page
    values = {name: answer.context["form"][name].value() for name in ("residence", "home_place", "helper")}
    assert values == {"residence": "Thôn Lạc Trung", "home_place": "Đồng Văn", "helper": "Lê Văn Toản"}
    again = {field.html_name: field.value() for field in answer.context["form"]}
    assert client.post(address, {k: v for k, v in again.items() if v not in (None, False)}).status_code == 302
    row.refresh_from_db()
    person = row.candidate
    assert (person.residence, person.home_place, row.helper) == ("Thôn Lạc Trung", "Đồng Văn", "Lê Văn Toản")


def test_a_box_that_the_other_ticked_is_taken_over_too(client, two):
    address, sent, other, _row = two
    other.post(address, sent | {"in_youth_union": "on"})
    answer = client.post(address, sent | {"residence": "Thôn Lạc Trung"})
    assert answer.context["form"]["in_youth_union"].value() is True
    assert "ghi “có”; đã lấy vào đây" in markup(answer)


def test_a_stale_form_with_a_mistake_tells_both(client, two):
    address, sent, other, _row = two
    other.post(address, sent | {"residence": "Thôn Lạc Trung"})
    page = markup(client.post(address, sent | {"born_on": "31/02/1992"}))
    assert "Thôn Lạc Trung" in page
    assert "tháng 2 có 29 ngày" in page
    assert 'value="31/02/1992"' in page


def test_a_version_from_the_future_is_refused_and_named_stale(client, two):
    address, sent, _other, row = two
    answer = client.post(address, sent | {"version": row.version + 1, "residence": "Thôn Lạc Trung"})
    assert answer.status_code == 422
    assert answer.context["form"]["version"].value() == str(row.version)
    row.candidate.refresh_from_db()
    assert row.candidate.residence == "Thôn Tân Nguyên"


def test_looking_at_the_identity_number_spoils_nobodys_form(client, two):
    address, sent, other, row = two
    other.post(f"{row.get_absolute_url()}so-dinh-danh/")
    assert client.post(address, sent | {"residence": "Thôn Lạc Trung"}).status_code == 302


def test_a_field_that_is_not_sent_is_not_emptied(client, two):
    address, sent, _other, row = two
    client.post(address, sent | {"kept_at": "Tủ 3", "in_youth_union": "on"})
    client.post(address, {"version": row.version + 1, "residence": "Thôn Lạc Trung"})
    row.refresh_from_db()
    person = row.candidate
    assert (row.kept_at, person.in_youth_union, person.residence) == ("Tủ 3", True, "Thôn Lạc Trung")
    client.post(address, {"version": row.version, "read": "{}", **sent, "kept_at": ""})
    row.refresh_from_db()
    assert row.kept_at == "Tủ 3", "the version is an old one"


def left(district, branch):
    """Someone admitted by `branch` who left the Party long ago."""
    row = factories.admitted(branch, district.staff, on=date(2013, 1, 10))
    workflow.perform(row, "hand_over", by=district.staff, on=date(2013, 1, 13))
    workflow.perform(row, "ceremony", by=district.staff, on=date(2013, 2, 3))
    facts = {"how": "name_deleted", "number": "12-QĐ/HU", "reason": "xin ra"}
    workflow.perform(row, "leave", by=district.leader, on=date(2013, 6, 1), **facts)
    return row


def test_the_person_of_an_ended_dossier_is_not_edited_through_it(client, district):
    old = left(district, district.rural)
    client.force_login(district.staff)
    address = f"/ho-so/moi/?tu={old.year}/{old.serial}"
    sent = opened(client, address) | {"branch": district.far.pk, "residence": "Thôn Báo Văn"}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    client.force_login(district.branch)
    page = markup(client.get(f"{old.get_absolute_url()}sua/"))
    assert "Thôn Báo Văn" not in page, "what was, and not what another unit wrote"
    assert "Thôn Tân Nguyên" in page
    forged = opened(client, f"{old.get_absolute_url()}sua/") | {
        "full_name": "Kẻ Khác",
        "residence": "Nơi khác",
    }
    client.post(f"{old.get_absolute_url()}sua/", forged)
    person = Candidate.objects.get()
    assert (person.full_name, person.residence) == ("Đỗ Thị Thanh Bình", "Thôn Báo Văn")
    assert "Thôn Báo Văn" not in markup(client.get(old.get_absolute_url()))


def test_of_two_who_begin_again_the_second_sees_what_the_first_wrote(client, district):
    old = left(district, district.rural)
    client.force_login(district.staff)
    address = f"/ho-so/moi/?tu={old.year}/{old.serial}"
    sent = opened(client, address)
    Candidate.objects.update(version=1, residence="Thôn Báo Văn")
    answer = client.post(address, sent | {"home_place": "Đồng Văn"})
    assert answer.status_code == 422
    assert answer.context["form"]["residence"].value() == "Thôn Báo Văn"
    assert answer.context["form"]["home_place"].value() == "Đồng Văn"
    assert not old.later.exists()


@pytest.mark.parametrize("name", ["K'Mút", "Ka'Mút", "Y-Bhăm", "Điểu"])
def test_a_name_of_one_word_is_saved_with_a_remark(staff, form, name):
    typed = form | {"full_name": name, "introducer": "K’Tèo", "helper": "K’Tèo"}
    page = markup(staff.post("/ho-so/moi/", typed, follow=True))
    assert Candidate.objects.get().full_name == name
    assert f"“{name}” chỉ có một từ".replace("'", "&#x27;") in page
    assert "“K&#x27;Tèo” chỉ có một từ" in page
    assert Dossier.objects.get().helper == "K'Tèo"


def test_nobody_introduces_themselves_with_another_apostrophe(staff, form):
    page = markup(staff.post("/ho-so/moi/", form | {"full_name": "H'Lan Niê", "introducer": "H’Lan-Niê"}))
    assert "Không tự giới thiệu mình được" in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("012345678", "012345678"),
        ("012 345 678", "012345678"),
        ("026 091 001 234", "026091001234"),
        ("012.345.678", "012345678"),
        ("026-091-001-234", "026091001234"),
        ("001091000001", "001091000001"),
    ],
)
def test_an_identity_number_is_taken_however_it_is_grouped(staff, form, typed, kept):
    staff.post("/ho-so/moi/", form | {"citizen_id": typed})
    assert Candidate.objects.get().citizen_id == kept


@pytest.mark.parametrize(("typed", "length"), [("12 345 678", 8), ("026 091 001 23", 11)])
def test_grouping_hides_no_missing_digit(staff, form, typed, length):
    page = markup(staff.post("/ho-so/moi/", form | {"citizen_id": typed}))
    assert f"có {length} ký tự; số CMND có 9 chữ số" in page
    assert f'value="{typed}"' in page


def test_a_form_tells_all_that_is_wrong_at_once(staff, form):
    typed = {"born_on": "31/02/1998", "listed_on": "30/03/2017", "second_introducer": "", "citizen_id": "1"}
    answer = staff.post("/ho-so/moi/", form | typed)
    assert set(answer.context["form"].errors) == {"born_on", "listed_on", "second_introducer", "citizen_id"}
