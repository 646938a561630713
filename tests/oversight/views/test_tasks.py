"""The list of tasks and the page of one."""

from datetime import date

import pytest

from oversight.tasks import assign_task
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(district):
    facts = {"what": "Cử 1 người học lớp", "who": "Bùi Văn Lượng", "before": date(2017, 2, 20)}
    return assign_task(district.rural, **facts, on=date(2017, 1, 21), by=district.branch)


def test_tasks_are_listed_by_state_and_unit(client, district, task):
    client.force_login(district.commune)
    late = client.get(f"/theo-doi/viec/?trang-thai=qua&don-vi={district.rural.pk}")
    assert [line.task for line in late.context["lines"]] == [task]
    assert client.get(f"/theo-doi/viec/?don-vi={district.school.pk}").context["lines"] == []
    assert client.get("/theo-doi/viec/?trang-thai=x").status_code == 404


def test_what_became_of_a_task_is_reported_on_its_page(client, district, task):
    client.force_login(district.branch)
    url = f"/theo-doi/viec/{task.pk}/"
    assert client.post(url, {"state": "done", "on": "28/02/2017"}).status_code == 422
    assert client.post(url, {"state": "doing", "on": "25/02/2017", "before": "20/03/2017"}).status_code == 302
    assert "lùi đến trước ngày 20/03/2017" in markup(client.get(url))
    client.force_login(district.admin)
    assert client.get(url).context["form"]


def test_who_only_sees_does_not_report(client, district, task):
    client.force_login(district.branch)
    district.branch.posts.update(role="")
    assert client.post(f"/theo-doi/viec/{task.pk}/", {}).status_code == 404
