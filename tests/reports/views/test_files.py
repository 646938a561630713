"""The pages of files: what may be asked for, what was typed, what a list shows."""

import re
from datetime import date

import pytest
from django.test import Client

from reports import periods
from reports.models import Job, ReportText
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
Q1 = periods.quarter_period(2017, 1)


def test_chosen_units_outside_ones_scope_are_not_there(client, admissions):
    client.force_login(admissions.commune)
    url = f"/bao-cao/lap/?ky=2017-q1&don-vi={admissions.rural.pk},{admissions.far.pk}"
    assert client.post(url).status_code == 404
    assert client.post("/bao-cao/lap/?ky=2017-q1", {"don-vi": [admissions.far.pk]}).status_code == 404
    assert not Job.objects.exists()
    url = f"/bao-cao/lap/?ky=2017-q1&don-vi={admissions.rural.pk},{admissions.school.pk}"
    assert client.post(url).status_code == 302
    assert Job.objects.get().params["units"] == sorted([admissions.rural.pk, admissions.school.pk])


def test_a_report_that_has_no_such_format_is_not_there(client, admissions):
    client.force_login(admissions.staff)
    for query in ("dinh-dang=exe", "loai=khong-co", "loai=den-han&dinh-dang=exe"):
        assert client.post(f"/bao-cao/lap/?ky=2017-q1&{query}").status_code == 404


def test_what_was_typed_before_is_kept(client, admissions):
    client.force_login(admissions.staff)
    url = "/bao-cao/loi/?ky=2017-q1"
    for text in ("Một", "Hai", "Hai"):
        assert client.post(url, {"difficulties": text, "tasks": "Việc"}).status_code == 302
    assert list(ReportText.objects.values_list("difficulties", flat=True)) == ["Hai", "Một"]
    page = markup(client.get(url))
    assert "Một" in page and "đang dùng" in page
    response = client.post(url, {"difficulties": "x" * 5001, "tasks": "Việc"})
    assert response.status_code == 422 and "Việc" in markup(response)
    assert ReportText.objects.count() == 2


def test_the_page_to_choose_offers_the_units_of_ones_scope(client, admissions):
    client.force_login(admissions.commune)
    page = markup(client.get("/bao-cao/chon/"))
    assert "Tân Nguyên" in page and "Đồng Văn" not in page and "Nhiệm kỳ" in page


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_a_list_that_is_asked_for_as_a_document_says_what_it_comes_as_and_keeps_the_choice(
    client, district, format_
):
    client.force_login(district.staff)
    chosen = {"ky": "2017-q1", "loai": "den-han", "dinh-dang": format_, "don-vi": [district.home.pk]}
    answer = client.post(f"/bao-cao/lap/?don-vi={district.root.pk}", chosen, follow=True)
    page = markup(answer)
    assert "Chưa lập: danh sách chỉ có Excel và CSV." in page
    assert '<option value="den-han" selected>' in page and '<option value="2017-q1" selected>' in page
    assert re.search(rf'name="don-vi" value="{district.home.pk}" checked', page)
    assert not Job.objects.exists()
    chosen["dinh-dang"] = "exe"
    assert client.post("/bao-cao/lap/", chosen).status_code == 404


@pytest.mark.slow
def test_a_page_of_the_list_counts_people_and_repeats_the_head_they_stand_under(client, district):
    for n in range(52):
        name = f"Hà Thị {chr(65 + n // 26)}{chr(97 + n % 26)}"
        factories.admitted(district.far, district.staff, on=date(2016, 11, 9), full_name=name)
    factories.admitted(district.rural, district.staff, on=date(2016, 11, 9), full_name="Hà Thị Xa")
    client.force_login(district.staff)
    first, second = (client.get(f"/bao-cao/danh-sach/?ky=2016-q4&trang={n}").context for n in (1, 2))
    assert first["page"].paginator.count == 53
    assert [row.kind for row in first["rows"]] == ["head"] + ["row"] * 50
    assert [row.kind for row in second["rows"]] == ["head", "row", "row", "head", "row"]
    heads = [row.cells[1] for row in second["rows"] if row.kind == "head"]
    assert heads == [f"{district.other.title}: 52 đảng viên", f"{district.home.title}: 1 đảng viên"]


def test_of_two_who_write_the_text_of_a_report_neither_loses_a_word(client, district):
    url = f"/bao-cao/loi/?don-vi={district.home.pk}&ky=2016-q4"
    client.force_login(district.staff)
    other = Client()
    other.force_login(district.commune)
    client.post(url, {"difficulties": "Nguồn ít.", "tasks": "Mở lớp."})
    read = client.get(url).context["form"]["read"].value()
    other.post(url, {"difficulties": "Nguồn ít, đi làm xa.", "tasks": "Mở lớp.", "read": read})
    answer = client.post(url, {"difficulties": "Nguồn ít.", "tasks": "Mở hai lớp.", "read": read})
    page = markup(answer)
    assert answer.status_code == 422
    assert "Nguyễn Văn Thử, 27/02/2017" in page
    assert answer.context["form"]["difficulties"].value() == "Nguồn ít, đi làm xa."
    assert answer.context["form"]["tasks"].value() == "Mở hai lớp."
    again = {name: answer.context["form"][name].value() for name in ("difficulties", "tasks", "read")}
    assert client.post(url, again).status_code == 302
