"""People who may be in the register twice: shown while typing, asked once when saving, listed for the district."""

from datetime import date

import pytest

from admissions.models import Candidate, DifferentPeople, Dossier
from tests import factories
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@kept
def same(form):
    """The form of someone with the name and the date of birth of `factories.candidate`, in another spelling."""
    return form | {"full_name": "ĐỖ THỊ THANH BÌNH", "born_on": "14/08/1992", "citizen_id": ""}


def test_the_same_name_and_year_are_shown_while_typing_and_stand_in_no_address(staff, form):
    staff.post("/ho-so/moi/", form)
    response = staff.post("/ho-so/moi/", {"full_name": "nguyen thi hanh", "born_on": "1/1/98"}, headers=HTMX)
    page = markup(response)
    assert "Có thể đã có trong sổ" in page
    assert "2017/0001" in page
    assert "<html" not in page
    assert Dossier.objects.count() == 1
    assert "hx-get" not in markup(staff.get("/ho-so/moi/")).partition('id="twins"')[2]


@pytest.mark.parametrize("typed", ["H'Lan Niê", "H’Lan Niê", "HʼLan Niê", "h‘lan nie", "HLan Niê"])
def test_apostrophes_hide_nobody_from_the_panel(staff, district, typed):
    factories.dossier(district.rural, district.staff, person=factories.candidate(full_name="H'Lan Niê"))
    response = staff.post("/ho-so/moi/", {"full_name": typed, "born_on": "14/08/1992"}, headers=HTMX)
    assert "2015/0001" in markup(response)


def test_a_hyphen_hides_nobody_from_the_panel(staff, district):
    factories.dossier(district.rural, district.staff, person=factories.candidate(full_name="Kơ-Nơm"))
    response = staff.post("/ho-so/moi/", {"full_name": "Kơ Nơm", "born_on": "14/08/1992"}, headers=HTMX)
    assert "2015/0001" in markup(response)


def test_possible_duplicates_outside_the_scope_are_not_shown(client, district):
    factories.dossier(district.far, district.staff)
    client.force_login(district.commune)
    typed = {"full_name": "Đỗ Thị Thanh Bình", "born_on": "14/08/1992"}
    assert "Có thể đã có" not in markup(client.post("/ho-so/moi/", typed, headers=HTMX))


def test_a_near_certain_double_stops_once_and_the_answer_is_remembered(staff, district, same):
    old = factories.dossier(district.rural, district.staff)
    answer = staff.post("/ho-so/moi/", same)
    page = markup(answer)
    assert (answer.status_code, Dossier.objects.count()) == (422, 1)
    assert f"Trùng họ tên và ngày sinh với hồ sơ {old.number}" in page
    assert "Mở hồ sơ cũ, ghi tiếp" in page
    assert "Là người khác, lưu hồ sơ" in page
    assert 'value="ĐỖ THỊ THANH BÌNH"' in page
    token = answer.context["stop"].token
    assert staff.post("/ho-so/moi/", same | {"khac": token}).status_code == 302
    told = DifferentPeople.objects.get()
    assert {told.first_id, told.second_id} == {old.candidate_id, Candidate.objects.last().pk}
    assert told.by == district.staff
    new = Dossier.objects.order_by("pk").last()
    edit = {"version": new.version, "residence": "Thôn Lạc Trung", "full_name": "Đỗ Thị Thanh Bình"}
    assert staff.post(f"{new.get_absolute_url()}sua/", edit).status_code == 302, "never asked again"
    assert "trùng họ tên" not in markup(staff.get("/ho-so/trung/")).partition("<main")[2].replace(
        "nào trùng họ tên", ""
    )


def test_an_answer_for_one_person_is_none_for_the_next(staff, district, same):
    factories.dossier(district.rural, district.staff)
    token = staff.post("/ho-so/moi/", same).context["stop"].token
    factories.dossier(district.school, district.staff)
    assert staff.post("/ho-so/moi/", same | {"khac": token}).status_code == 422
    assert staff.post("/ho-so/moi/", same | {"khac": "1"}).status_code == 422


def test_a_correction_that_makes_a_double_stops_too(staff, district):
    factories.dossier(district.rural, district.staff)
    other = factories.candidate(full_name="Đỗ Thị Thanh")
    row = factories.dossier(district.rural, district.staff, person=other)
    edit = {"version": row.version, "full_name": "Đỗ Thị Thanh Bình"}
    answer = staff.post(f"{row.get_absolute_url()}sua/", edit)
    assert (answer.status_code, answer.context["stop"] is not None) == (422, True)


def test_a_commune_is_told_nothing_of_whom_it_may_not_see(client, district, same):
    far = factories.dossier(
        district.far, district.staff, person=factories.candidate(residence="Thôn Báo Văn")
    )
    client.force_login(district.commune)
    answer = client.post("/ho-so/moi/", same)
    page = markup(answer)
    assert answer.status_code == 422
    assert "có thể đã có trong sổ, ở đơn vị khác" in page
    for secret in (far.number, "Thôn Báo Văn", "Đồng Văn", far.get_absolute_url()):
        assert secret not in page
    token = answer.context["stop"].token
    assert client.post("/ho-so/moi/", same | {"khac": token}).status_code == 302
    assert not DifferentPeople.objects.exists(), "the commune cannot tell them apart"
    assert "Là hai người" not in markup(client.get("/ho-so/trung/"))


def test_the_district_lists_the_doubles_and_settles_them(client, district):
    one, other = (factories.dossier(branch, district.staff) for branch in (district.rural, district.far))
    factories.dossier(district.rural, district.staff, person=factories.candidate(born_on=date(1992, 8, 15)))
    client.force_login(district.staff)
    assert "1 cặp hồ sơ có thể là một người" in markup(client.get("/ho-so/hom-nay/"))
    page = markup(client.get("/ho-so/trung/"))
    assert "1 cặp hồ sơ trùng họ tên và ngày sinh" in page
    assert one.number in page
    assert other.number in page
    answer = client.post(f"/ho-so/trung/{one.pk}/{other.pk}/", follow=True)
    assert "hai người khác nhau" in markup(answer)
    assert "Không có hai hồ sơ nào" in markup(answer)


@pytest.mark.parametrize("role", ["commune", "branch"])
def test_nobody_settles_what_lies_outside_their_scope(client, district, role):
    one, other = (factories.dossier(branch, district.staff) for branch in (district.rural, district.far))
    client.force_login(getattr(district, role))
    assert client.post(f"/ho-so/trung/{one.pk}/{other.pk}/").status_code == 404
    assert not DifferentPeople.objects.exists()


def test_whoever_only_reads_settles_nothing(client, district):
    one, other = (factories.dossier(branch, district.staff) for branch in (district.rural, district.far))
    client.force_login(district.leader)
    assert client.post(f"/ho-so/trung/{one.pk}/{other.pk}/").status_code == 403


def test_a_number_that_stands_elsewhere_is_no_oracle(client, district, form):
    factories.dossier(district.far, district.staff, person=factories.candidate(citizen_id="026192000123"))
    client.force_login(district.commune)
    page = markup(client.post("/ho-so/moi/", form | {"citizen_id": "026 192 000 123"}))
    assert "Chưa lưu được với số này; hãy xem lại giấy tờ" in page
    assert "người khác trong sổ" not in page
    assert "2015/" not in page


def test_a_year_of_birth_is_doubled_by_a_day_in_it(staff, district, same):
    factories.dossier(district.rural, district.staff)
    assert staff.post("/ho-so/moi/", same | {"born_on": "1992"}).status_code == 422
    assert staff.post("/ho-so/moi/", same | {"born_on": "7/1992"}).status_code == 302
