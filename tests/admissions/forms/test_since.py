"""A counted fact that is typed anew after the decision: was it wrong, or has it changed since?"""

from urllib.parse import parse_qs, urlparse

import pytest

from admissions.models import Dossier
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.kept import kept
from tests.markup import markup

pytestmark = pytest.mark.django_db


@kept
def row(district):
    return reach(factories.dossier(district.rural, district.staff), State.DECIDED, district.staff)


def post(client, row, **changes):
    url = f"{row.get_absolute_url()}sua/"
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {
        name: f"{value:%d/%m/%Y}" if hasattr(value, "year") else value
        for name, value in (values | changes).items()
        if value not in (None, False)
    }
    return client.post(url, values)


def test_whether_it_was_wrong_or_has_changed_is_asked(client, district, row):
    client.force_login(district.staff)
    page = post(client, row, occupation="student", kept_at="tủ 2")
    assert page.status_code == 422
    assert "sai từ khi kết nạp, hay thay đổi sau?" in markup(page)
    assert 'value="tủ 2"' in markup(page), "nothing typed is lost"


def test_what_has_changed_since_leaves_what_was_frozen(client, district, row):
    client.force_login(district.staff)
    assert post(client, row, occupation="student", changed_since="later").status_code == 302
    kept = Dossier.objects.select_related("candidate").get(pk=row.pk)
    assert (kept.candidate.occupation, kept.admitted_occupation) == ("student", "farmer")


def test_what_was_wrong_goes_on_to_the_check_page_and_the_rest_is_saved(client, district, row):
    client.force_login(district.staff)
    answer = post(client, row, occupation="student", sex="male", kept_at="tủ 2", changed_since="wrong")
    to = urlparse(answer["Location"])
    assert (to.path, parse_qs(to.query)) == (
        f"{row.get_absolute_url()}sua-so-lieu/",
        {"sex": ["male"], "occupation": ["student"]},
    )
    kept = Dossier.objects.select_related("candidate").get(pk=row.pk)
    assert (kept.kept_at, kept.candidate.sex, kept.candidate.occupation) == ("tủ 2", "female", "farmer")
    form = client.get(answer["Location"]).context["form"]
    assert (form["sex"].value(), form["occupation"].value()) == ("male", "student")


def test_before_the_decision_nothing_is_asked(client, district):
    client.force_login(district.staff)
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    assert post(client, row, sex="male", occupation="student").status_code == 302
    assert Dossier.objects.get(pk=row.pk).candidate.sex == "male"
