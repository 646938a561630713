"""The page of one review: the form with its defaults, what was typed while somebody else saved, the level above."""

import re
from datetime import date

import pytest
from django.test import override_settings

from oversight import reviews
from oversight.models import Review, ReviewReminder, Task
from oversight.pages.review import review_page
from tests import factories
from tests.markup import markup
from tests.oversight.conftest import FEBRUARY, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client, district):
    client.force_login(district.branch)
    return client


@pytest.fixture
def url(district):
    return f"/theo-doi/ra-soat/{district.rural.pk}/2017-02/"


def fill_in(client, url, **typed):
    """What a browser sends of the form as it stands, with `typed` over it."""
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        if value not in (None, "", False):
            data[bound.html_name] = "on" if value is True else str(value)
    page = form.page
    data |= {"version": page.version, "read": client.get(url).context["read"]}
    return data | {name.replace("_of_", "-"): value for name, value in typed.items()}


def test_a_month_without_news_is_two_taps(secretary, url, district, january, source, far_away):
    response = secretary.post(url, fill_in(secretary, url))
    assert response.status_code == 302 and response["Location"] == url
    review = Review.objects.get(first=FEBRUARY.first)
    assert (review.held_on, review.present, review.members) == (date(2017, 2, 27), 12, 14)
    assert [*review.difficulties.all()] == [far_away]
    assert review.people.get().proposal == ""
    assert review.assessment == "met"
    assert "giữ 1" in markup(secretary.get(url))


def test_the_figures_stand_beside_the_form_and_open_their_people(secretary, url, source):
    page = secretary.get(url)
    (address,) = re.findall(r'href="([^"]*so=sources)"', markup(page))
    assert source.candidate.full_name in markup(secretary.get(address.replace("&amp;", "&")))


def test_proposals_and_tasks_are_typed_on_one_page(secretary, url, source):
    pk = source.pk
    typed = {f"person-{pk}": "removal", f"reason-{pk}": "đi làm xa", "given-new0-what": "Gặp gia đình"}
    typed |= {"given-new0-who": "Lượng", "number": "03-NQ/CB", "members": "14", "present": "12"}
    assert secretary.post(url, fill_in(secretary, url) | typed).status_code == 302
    source.refresh_from_db()
    assert source.proposal == "removal"
    assert Task.objects.get().before == date(2017, 3, 20)
    again = markup(secretary.get(f"{url}?sua=1"))
    assert "đã đề nghị 27/02/2017: Đưa ra khỏi danh sách" in again and "Gặp gia đình" in again


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(secretary, url, source):
    typed = {f"person-{source.pk}": "removal", "words": "Cả thôn còn 9 đoàn viên", "present": "20"}
    response = secretary.post(url, fill_in(secretary, url, members="14") | typed)
    assert response.status_code == 422
    page = markup(response)
    assert "20 có mặt &gt; 14 đảng viên" in page and "Cả thôn còn 9 đoàn viên" in page
    assert not Review.objects.exists()
    response = secretary.post(
        url, fill_in(secretary, url, members="14", present="12") | typed | {"present": "9"}
    )
    assert "Cần ghi lý do." in markup(response)


def test_what_somebody_else_saved_meanwhile_is_brought_together(secretary, url, district):
    data = fill_in(secretary, url, members="14", present="12", words="Của tôi", score="82")
    other = answers(held_on=date(2017, 2, 27), words="Của người khác", measures="Họp chi đoàn")
    reviews.save_review(district.rural, FEBRUARY, other, by=district.commune)
    response = secretary.post(url, data)
    page = markup(response)
    assert response.status_code == 422
    assert "Của tôi" in page and "ghi “Của người khác”" in page and "Họp chi đoàn" in page
    assert Review.objects.get().words == "Của người khác"
    form = response.context["form"]
    again = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "", False)}
    again |= {"version": form.page.version, "read": response.context["read"]}
    assert secretary.post(url, again).status_code == 302
    review = Review.objects.get()
    assert (review.words, review.measures, review.score) == ("Của tôi", "Họp chi đoàn", 82)


def test_the_level_above_reads_scores_and_reopens(client, url, district):
    reviews.save_review(district.rural, FEBRUARY, answers(), by=district.branch)
    client.force_login(district.commune)
    with override_settings(TODAY=date(2017, 3, 2)):
        assert "Mở lại cho chi bộ sửa" in markup(client.get(url))
        client.post(f"{url}diem/", {"score_above": "88"})
        client.post(f"{url}diem/", {"score_above": "101"})
        wrong = client.post(f"{url}mo-lai/", {"until": "05/03/2017", "reason": ""})
        assert wrong.status_code == 422
        client.post(f"{url}mo-lai/", {"until": "05/03/2017", "reason": "ghi nhầm ngày"})
        review = Review.objects.get()
        assert (review.score_above, review.reopened_until) == (88, date(2017, 3, 5))
        client.force_login(district.branch)
        assert "Sửa rà soát" in markup(client.get(url))
        for path in ("diem/", "mo-lai/"):
            assert client.post(f"{url}{path}", {"until": "05/03/2017", "reason": "x"}).status_code == 403


def test_who_only_looks_sees_that_nothing_was_sent(client, url, district):
    client.force_login(district.leader)
    assert "Chi bộ chưa gửi rà soát tháng 2/2017." in markup(client.get(url))
    assert client.post(url, {}).status_code == 403


def test_the_quarter_is_the_sum_of_its_months(secretary, district, january, far_away):
    url = f"/theo-doi/ra-soat/{district.rural.pk}/2017-q1/"
    page = secretary.get(url)
    assert "Họp 21/01/2017" in markup(page) and "Từng người" not in markup(page)
    assert secretary.post(url, fill_in(secretary, url, assessment="good")).status_code == 302
    quarter = Review.objects.get(kind="quarter")
    assert (quarter.assessment, [*quarter.difficulties.all()]) == ("good", [far_away])


@pytest.mark.parametrize("code", ["2017-03", "2017-13", "x"])
def test_a_period_that_has_not_begun_or_is_none_is_not_there(secretary, district, code):
    assert secretary.get(f"/theo-doi/ra-soat/{district.rural.pk}/{code}/").status_code == 404


def test_the_commune_reminds_and_the_branch_sees_it(client, district, january):
    client.force_login(district.commune)
    overview = f"/theo-doi/ra-soat/?don-vi={district.home.pk}&ky=2017-02"
    assert "Nhắc 2 chi bộ" in markup(client.get(overview))
    client.post(f"/theo-doi/ra-soat/nhac/?don-vi={district.home.pk}&ky=2017-02", {})
    assert ReviewReminder.objects.count() == 2
    assert "Nhắc 2 chi bộ" not in markup(client.get(overview))
    client.force_login(district.branch)
    assert "Cấp trên nhắc ngày 27/02/2017" in markup(client.get("/ho-so/hom-nay/"))


def test_a_person_with_a_proposal_that_waits_is_not_asked_for_again(district, source):
    said = answers(people={source: ("class", "")}, number="03-NQ/CB")
    review = reviews.save_review(district.rural, FEBRUARY, said, by=district.branch)
    (person,) = review_page(district.rural, FEBRUARY, review).people
    assert (person.said, bool(person.fixed)) == ("class", True)
    other = factories.dossier(district.school, district.staff, person=factories.candidate(full_name="Lê An"))
    (person,) = review_page(district.school, FEBRUARY, None).people
    assert (person.dossier, person.fixed) == (other, "")


def test_the_bar_says_what_goes_to_the_level_above(secretary, url, source):
    page = secretary.get(url).content.decode()
    bar = page[page.index('class="act-bar"') :]
    assert "Gửi Đảng ủy xã Trung Nguyên" in bar and ">giữ 1</b>" in bar
    assert "Sửa được đến hết ngày" in bar
    wrong = secretary.post(url, {f"person-{source.pk}": "class"}).content.decode()
    assert ">cử học lớp 1</b>" in wrong[wrong.index('class="act-bar"') :], (
        "as it was chosen, not as it was read"
    )
