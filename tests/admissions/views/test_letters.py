"""The page of a document."""

from io import BytesIO

import pytest
from docx import Document as Word

from accounts.models import Activity
from admissions.states import State
from tests import factories
from tests.factories import reach
from tests.markup import markup

pytestmark = pytest.mark.django_db


def test_a_document_lists_what_is_missing_and_is_made_and_logged_when_nothing_is(client, district):
    client.force_login(district.staff)
    row = reach(factories.dossier(district.rural, district.staff), State.PREPARING, district.staff)
    url = f"{row.get_absolute_url()}van-ban/6-KND/"
    assert "Số nghị quyết" in markup(client.get(url))
    assert client.post(url).status_code == 422
    assert not Activity.objects.filter(action="fetch").exists()
    reach(row := factories.dossier(district.school, district.staff), State.RESOLVED, district.staff)
    answer = client.post(f"{row.get_absolute_url()}van-ban/6-KND/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = "\n".join(p.text for p in Word(BytesIO(answer.content)).paragraphs)
    assert "Đỗ Thị Thanh Bình" in text
    assert Activity.objects.get(action="fetch").subject.startswith(row.number)
    assert client.get(f"{row.get_absolute_url()}van-ban/9-KND/").status_code == 404, "not decided"
