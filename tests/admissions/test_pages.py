"""The dossier pages: entering, correcting, searching, acting; and what bad input gets."""

import re
import unicodedata
from datetime import date

import pytest

from admissions.models import Candidate, Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach

pytestmark = pytest.mark.django_db

COUNT = re.compile(r'id="count">([^<]+)<')


@pytest.fixture
def staff(client, district):
    client.force_login(district.staff)
    return client


@pytest.fixture
def form(district):
    reference = factories.candidate()
    return {
        "version": 0,
        "full_name": "Nguyễn Thị Hạnh",
        "born_on": "30/11/1998",
        "sex": "female",
        "citizen_id": "135746902",
        "ethnicity": reference.ethnicity_id,
        "religion": reference.religion_id,
        "education": "upper_secondary",
        "home_place": "Trung Nguyên, Yên Lạc, Vĩnh Phúc",
        "residence": "Thôn Tân Nguyên",
        "occupation": "farmer",
        "qualification": "none",
        "academic_title": "none",
        "branch": district.rural.pk,
        "listed_on": "16/02/2017",
        "helper": "Lê Văn Toản",
        "introduction": "two_members",
        "introducer": "Lê Văn Toản",
        "second_introducer": "Nguyễn Văn Thực",
    }


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_dossier_is_entered_and_opens(staff, form, district):
    response = staff.post("/ho-so/moi/", form, follow=True)
    assert "Nguyễn Thị Hạnh" in text(response)
    assert "Danh sách cảm tình Đảng" in text(response)
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
    page = text(response)
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
    assert "Không có chi bộ này trong phạm vi" in text(response)
    assert "Báo Văn" not in text(response)
    assert not Dossier.objects.exists()


def test_an_identity_number_already_in_the_register_is_refused(staff, form):
    staff.post("/ho-so/moi/", form)
    response = staff.post("/ho-so/moi/", form | {"full_name": "Trần Thị Hoa"})
    assert response.status_code == 422
    assert "đã ghi cho một người khác" in text(response)
    assert Dossier.objects.count() == 1


def test_an_odd_identity_number_is_only_remarked_on(staff, form):
    response = staff.post("/ho-so/moi/", form | {"citizen_id": "026098000111"}, follow=True)
    assert "không khớp với giới tính" in text(response)
    assert Dossier.objects.count() == 1


def test_the_same_name_and_year_are_shown_before_saving(staff, form, district):
    staff.post("/ho-so/moi/", form)
    twin = {"full_name": "nguyen thi hanh", "born_on": "01/01/1998"}
    response = staff.get("/ho-so/moi/", twin, headers={"HX-Request": "true"})
    assert "Có thể đã có trong sổ" in text(response)
    assert "2017/0001" in text(response)
    assert "<html" not in text(response)


def test_possible_duplicates_outside_the_scope_are_not_shown(client, district):
    factories.dossier(district.far, district.staff)
    client.force_login(district.commune)
    twin = {"full_name": "Đỗ Thị Thanh Bình", "born_on": "01/01/1992"}
    response = client.get("/ho-so/moi/", twin, headers={"HX-Request": "true"})
    assert "Có thể đã có" not in text(response)


def test_correcting_keeps_the_number_and_tells_what_was_changed(staff, form):
    staff.post("/ho-so/moi/", form)
    row = Dossier.objects.get()
    staff.post("/ho-so/2017/1/sua/", form | {"residence": "Thôn Lạc Trung", "version": row.version})
    row.refresh_from_db()
    assert row.candidate.residence == "Thôn Lạc Trung"
    assert row.events.last().facts["fields"] == {"residence": ["Thôn Tân Nguyên", "Thôn Lạc Trung"]}
    assert "sửa Nơi ở hiện nay" in text(staff.get("/ho-so/2017/1/"))


def test_a_changed_identity_number_is_told_without_its_digits(staff, form):
    staff.post("/ho-so/moi/", form)
    staff.post("/ho-so/2017/1/sua/", form | {"citizen_id": "135746903", "version": 1})
    assert Dossier.objects.get().events.last().facts["fields"] == {"citizen_id": ["***", "***"]}


def test_correcting_what_someone_else_changed_meanwhile_is_refused(staff, form):
    staff.post("/ho-so/moi/", form)
    response = staff.post("/ho-so/2017/1/sua/", form | {"residence": "Thôn Lạc Trung", "version": 0})
    assert response.status_code == 422
    assert "vừa có người ghi thêm" in text(response)
    assert Candidate.objects.get().residence == "Thôn Tân Nguyên"


@pytest.fixture
def people(district):
    for name, branch in (
        ("Đỗ Thị Bình", district.rural),
        ("Trần Văn Anh", district.school),
        ("Đặng Văn Ánh", district.far),
        ("Lê Văn Đạt", district.rural),
    ):
        factories.dossier(branch, district.staff, person=factories.candidate(full_name=name))


def names(response):
    return re.findall(r'scope="row"><a[^>]*>([^<]+)</a>', response.content.decode())


def test_the_list_is_sorted_by_given_name_in_vietnamese_order(staff, people):
    assert names(staff.get("/ho-so/")) == ["Trần Văn Anh", "Đặng Văn Ánh", "Đỗ Thị Bình", "Lê Văn Đạt"]


@pytest.mark.parametrize(
    "typed", ["do thi binh", "ĐỖ THỊ BÌNH", "binh do", unicodedata.normalize("NFD", "Đỗ Bình")]
)
def test_search_needs_no_marks_and_no_order(staff, people, typed):
    assert names(staff.get("/ho-so/", {"q": typed})) == ["Đỗ Thị Bình"]


def test_a_number_opens_its_dossier(staff, people):
    row = Dossier.objects.get(candidate__full_name="Lê Văn Đạt")
    assert staff.get("/ho-so/", {"q": row.number})["Location"] == row.get_absolute_url()


def test_filters_narrow_the_list_and_the_count_says_how_many(staff, people, district):
    for query, expected in (
        ({"don-vi": district.home.pk}, 3),
        ({"nong-thon": "1"}, 3),
        ({"nong-thon": "0"}, 1),
        ({"trang-thai": "da-ket-nap"}, 0),
        ({"trang-thai": "listed"}, 4),
        ({"nam": "2015"}, 4),
        ({"nam": "2016"}, 0),
        ({"don-vi": "999999999999999999999"}, 0),
    ):
        assert int(COUNT.search(text(staff.get("/ho-so/", query)))[1]) == expected, query


def test_a_commune_lists_its_own_dossiers_only(client, people, district):
    client.force_login(district.commune)
    assert "Đặng Văn Ánh" not in names(client.get("/ho-so/"))
    far = Dossier.objects.get(branch=district.far)
    assert client.get(far.get_absolute_url()).status_code == 404


def test_a_list_asks_as_many_questions_for_twenty_rows_as_for_two(
    staff, district, django_assert_max_num_queries
):
    for n in range(20):
        factories.dossier(
            district.rural,
            district.staff,
            person=factories.candidate(full_name=f"Lê Văn {'ABCDEFGHIKLMNOPQRSTU'[n]}"),
        )
        if n in (1, 19):
            with django_assert_max_num_queries(9):
                assert len(names(staff.get("/ho-so/"))) == n + 1


def test_previous_and_next_follow_the_list_one_came_from(staff, people):
    row = Dossier.objects.get(candidate__full_name="Đỗ Thị Bình")
    page = text(staff.get(row.get_absolute_url(), {"ds": "nong-thon=1"}))
    before = Dossier.objects.get(candidate__full_name="Đặng Văn Ánh")
    after = Dossier.objects.get(candidate__full_name="Lê Văn Đạt")
    assert "2 / 3" in page
    assert f'href="{before.get_absolute_url()}?ds=nong-thon%3D1" rel="prev"' in page
    assert f'href="{after.get_absolute_url()}?ds=nong-thon%3D1" rel="next"' in page


def test_the_dossier_page_tells_its_steps_its_clock_its_papers_and_its_vote(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.APPRAISAL, district.staff)
    row.papers.filter(code="5-KND").update(had=False)
    page = text(staff.get(row.get_absolute_url()))
    for words in (
        "07/03/2017",
        "còn 6 ngày làm việc",
        "60 ngày làm việc kể từ nghị quyết chi bộ 05/12/2016",
        "QĐ 29, điểm 4.3.1",
        "Chi bộ xét: đồng ý 15/18, đạt hai phần ba",
        "24 tuổi 4 tháng",
        "3 × 15 = 45 ≥ 2 × 18 = 36",
        "thiếu 1 giấy tờ (5-KNĐ)",
        "QĐ 29-QĐ/TW, 25/7/2016",
    ):
        assert words in page, words


def test_the_identity_number_is_masked_until_asked_for_and_the_asking_is_recorded(staff, form):
    staff.post("/ho-so/moi/", form)
    assert "135746902" not in text(staff.get("/ho-so/2017/1/"))
    assert "135746902" in text(staff.post("/ho-so/2017/1/so-dinh-danh/"))
    assert Dossier.objects.get().events.last().action == "reveal"


def test_an_act_is_done_from_its_page(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}viec/apply/"
    assert staff.get(url).status_code == 200
    staff.post(url, {"on": "15/08/2016", "version": row.version})
    row.refresh_from_db()
    assert (row.state, row.applied_on) == (State.PREPARING, date(2016, 8, 15))


def test_a_refused_act_keeps_what_was_typed_and_changes_nothing(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    url = f"{row.get_absolute_url()}viec/decide/"
    response = staff.post(url, {"on": "01/12/2016", "number": "31-QĐ/HU", "version": row.version})
    assert response.status_code == 422
    assert "01/12/2016 trước ngày 05/12/2016" in text(response)
    assert 'value="31-QĐ/HU"' in text(response)
    row.refresh_from_db()
    assert row.state == State.AWAITING


def test_six_of_ten_on_the_page(staff, district):
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    factories.have_papers(row, district.staff, "branch")
    ballot = {
        "on": "05/12/2016",
        "number": "14-NQ/CB",
        "members": 10,
        "excluded": 0,
        "present": 10,
        "agree": 6,
        "disagree": 4,
    }
    response = staff.post(f"{row.get_absolute_url()}viec/branch_agrees/", ballot | {"version": row.version})
    assert response.status_code == 422
    assert "6 đồng ý trên 10: cần ít nhất 7" in text(response)
    row.refresh_from_db()
    assert row.state == State.PREPARING


def test_a_second_click_on_the_same_page_is_told_so(staff, district):
    row = factories.dossier(district.rural, district.staff)
    data = {"on": "15/08/2016", "version": row.version}
    url = f"{row.get_absolute_url()}viec/apply/"
    staff.post(url, data)
    response = staff.post(url, data)
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.events.count() == 2


def test_an_act_one_has_no_right_to_is_forbidden(client, district):
    row = reach(factories.dossier(district.rural, district.staff), State.AWAITING, district.staff)
    client.force_login(district.commune)
    assert client.get(f"{row.get_absolute_url()}viec/decide/").status_code == 403
    assert "Ghi quyết định kết nạp" not in text(client.get(row.get_absolute_url()))


def test_papers_are_ticked_off_on_one_page(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}giay-to/"
    data = {
        "version": row.version,
        "CN-NTVD-had": "on",
        "CN-NTVD-number": "187/2015",
        "CN-NTVD-dated_on": "24/10/2015",
    }
    staff.post(url, data)
    row.refresh_from_db()
    assert row.certified_on == date(2015, 10, 24)
    assert row.papers.get(code="CN-NTVD").number == "187/2015"
    data["version"] = row.version
    response = staff.post(url, data | {"1-KND-had": "on", "1-KND-dated_on": "31/02/2016"})
    assert response.status_code == 422
    assert "tháng 2 có 29 ngày" in text(response)
    assert 'value="31/02/2016"' in text(response)
    response = staff.post(url, data | {"1-KND-had": "on", "1-KND-dated_on": "01/03/2017"})
    assert "01/03/2017 chưa tới" in text(response)


def test_markup_in_a_name_is_shown_as_text(staff, district):
    person = factories.candidate(residence="<script>alert(1)</script>")
    row = factories.dossier(district.rural, district.staff, person=person)
    page = staff.get(f"{row.get_absolute_url()}sua/").content.decode()
    assert "<script>alert" not in page


def test_a_listing_date_after_what_has_happened_is_refused(staff, form, district):
    staff.post("/ho-so/moi/", form | {"listed_on": "04/01/2016"})
    row = Dossier.objects.get()
    staff.post(f"{row.get_absolute_url()}viec/apply/", {"on": "15/08/2016", "version": row.version})
    response = staff.post(f"{row.get_absolute_url()}sua/", form | {"listed_on": "16/08/2016", "version": 2})
    assert response.status_code == 422
    assert "Đã có việc ngày 15/08/2016 trước ngày này" in text(response)


def test_a_branch_keeps_the_dossier_it_has_voted_on(staff, form, district):
    row = reach(factories.dossier(district.rural, district.staff), State.RESOLVED, district.staff)
    staff.post(f"{row.get_absolute_url()}sua/", form | {"branch": district.far.pk, "version": row.version})
    row.refresh_from_db()
    assert row.branch == district.rural


def test_a_meeting_before_the_first_known_rules_is_refused_in_words(staff, district):
    row = reach(
        factories.dossier(district.rural, district.staff, listed_on=date(2010, 2, 1)),
        State.PREPARING,
        district.staff,
        apply=date(2010, 6, 1),
    )
    ballot = {
        "on": "05/12/2010",
        "number": "1",
        "members": 9,
        "excluded": 0,
        "present": 9,
        "agree": 9,
        "disagree": 0,
    }
    response = staff.post(f"{row.get_absolute_url()}viec/branch_agrees/", ballot | {"version": row.version})
    assert response.status_code == 422
    assert "Chưa có bộ quy định nào cho ngày 05/12/2010" in text(response)


def test_a_certificate_needs_its_date_and_a_made_up_version_is_only_stale(staff, district):
    row = factories.dossier(district.rural, district.staff)
    url = f"{row.get_absolute_url()}giay-to/"
    response = staff.post(url, {"version": row.version, "CN-NTVD-had": "on"})
    assert "Cần ngày cấp" in text(response)
    response = staff.post(url, {"version": "x", "1-KND-had": "on"})
    assert (response.status_code, row.papers.count()) == (422, 0)
