"""One person entered twice: the dossier that is not kept ends, points to the other, and both tell of it."""

from datetime import date

import pytest

from admissions import workflow
from admissions.exceptions import Refused
from admissions.history import describe_event, events_since
from admissions.models import Candidate, Dossier
from admissions.rules import duplicates
from admissions.states import State
from reports.figures import recount
from tests import factories
from tests.admissions.histories import all_of
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db
ON = date(2017, 2, 20)


@pytest.fixture
def kept(district):
    return reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)


@pytest.fixture
def second(district, kept):
    return reach(factories.dossier(district.school, district.staff), State.APPRAISAL, district.staff)


def merge(row, into, by, **facts):
    return workflow.perform(Dossier.objects.get(pk=row.pk), "merge", by=by, on=ON, into=into, **facts)


def test_it_ends_and_points_to_the_one_that_is_kept(district, kept, second):
    before = all_of(kept)
    event = merge(second, kept, district.staff)
    row = Dossier.objects.get(pk=second.pk)
    assert (row.state, str(row.state_words)) == (State.DUPLICATE, "Trùng hồ sơ")
    assert describe_event(event).startswith(f"Trùng hồ sơ: người này theo dõi ở {kept}.")
    told = kept.events.last()
    assert f"ghi hồ sơ {second} là trùng với hồ sơ này" in describe_event(told)
    assert all_of(kept) == before and Candidate.objects.count() == 2, "nothing else moves"
    assert events_since(Dossier.objects.get(pk=kept.pk), kept.version) == [], "nobody's form is stale"
    assert recount.recount_figures(district.root).agrees


def test_the_pair_is_settled_and_a_third_one_still_told(district, kept, second):
    merge(second, kept, district.staff)
    assert duplicates.list_doubles(district.staff) == []
    assert duplicates.near_certain(kept.candidate) == []
    third = factories.dossier(district.far, district.staff)
    assert duplicates.near_certain(third.candidate) == [kept.candidate]


def test_taken_back_it_goes_on_as_before_and_the_other_is_told(district, kept, second):
    before = all_of(second)
    merge(second, kept, district.staff)
    row = Dossier.objects.get(pk=second.pk)
    workflow.take_back(row, by=district.staff, no=row.version)
    assert all_of(second) == before
    assert f"hồ sơ {second} không còn ghi là trùng" in describe_event(kept.events.last())


def test_what_was_decided_or_has_no_double_is_not_ended_so(district, kept, second):
    with pytest.raises(Refused, match="hồ sơ đang ở trạng thái “Chờ lễ kết nạp”"):
        merge(kept, second, district.staff)
    other = factories.dossier(
        district.far, district.staff, person=factories.candidate(full_name="Lê Văn Khác")
    )
    with pytest.raises(Refused, match="không có hồ sơ nào khác trùng họ tên và ngày sinh"):
        merge(other, kept, district.staff)
    workflow.tell_apart(second.candidate, [kept.candidate], by=district.staff)
    with pytest.raises(Refused, match="không có hồ sơ nào khác"):
        merge(second, kept, district.staff)


def test_it_never_points_to_itself_or_to_one_that_ended_so(district, kept, second):
    third = factories.dossier(district.far, district.staff)
    merge(third, kept, district.staff)
    for into in (second, third):
        with pytest.raises(Refused) as refusal:
            merge(second, Dossier.objects.get(pk=into.pk), district.staff)
        assert list(refusal.value.message_dict) == ["into"]


def test_the_page_leads_to_it_shows_what_follows_and_then_to_the_one_kept(client, district, kept, second):
    client.force_login(district.staff)
    page = markup(client.get(second.get_absolute_url()))
    assert f'href="{second.get_absolute_url()}viec/merge/">Ghi là trùng hồ sơ</a>' in page
    assert f"{second.get_absolute_url()}viec/merge/" in markup(client.get("/ho-so/trung/"))
    assert "viec/merge/" not in markup(client.get(kept.get_absolute_url()))
    typed = {"version": second.version, "on": "20/02/2017", "into": kept.pk}
    address = f"{second.get_absolute_url()}viec/merge/"
    check = client.post(address, typed)
    for words in ("Chưa có gì được ghi", "Trùng hồ sơ", f"Giữ hồ sơ {kept}."):
        assert words in markup(check)
    assert Dossier.objects.get(pk=second.pk).state == State.APPRAISAL
    client.post(address, typed | {"xac-nhan": "1"})
    page = markup(client.get(second.get_absolute_url()))
    assert f'Người này theo dõi ở hồ sơ<a href="{kept.get_absolute_url()}">{kept.number}</a>' in page


def test_only_the_board_may_and_only_into_what_it_sees(client, district, kept, second):
    client.force_login(district.commune)
    assert client.get(f"{second.get_absolute_url()}viec/merge/").status_code == 403
    assert "viec/merge/" not in markup(client.get(second.get_absolute_url()))
    client.force_login(district.staff)
    stranger = factories.dossier(
        district.far, district.staff, person=factories.candidate(full_name="Lê Văn Khác")
    )
    typed = {"version": second.version, "on": "20/02/2017", "into": stranger.pk}
    page = client.post(f"{second.get_absolute_url()}viec/merge/", typed)
    assert page.context["form"].errors.keys() == {"into"}
