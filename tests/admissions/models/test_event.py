"""Events are append-only, in code and in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from admissions.models import Event

pytestmark = pytest.mark.django_db


def test_events_cannot_be_changed_or_deleted(listed):
    event = listed.events.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        Event.objects.filter(dossier=listed).update(action="x")
    with pytest.raises(TypeError):
        Event.objects.all().delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE admissions_event SET action = 'x'", "DELETE FROM admissions_event"]
)
def test_the_database_itself_refuses_to_change_an_event(listed, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(("no", "begins"), [(2, "appraisal"), (2, ""), (3, "listed"), (1, "listed")])
def test_the_database_itself_keeps_events_in_one_chain(listed, no, begins):
    last = listed.events.last()
    facts = {"dossier": listed, "no": no, "from_state": begins, "to_state": "asked", "on": last.on}
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(action="ask", by=last.by, **facts)
    assert listed.events.count() == 1
