"""What the live database watches and refuses, against what the models say it must."""

import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from admissions.models import AdmissionFacts
from admissions.models.admission_facts import PrintedFacts
from admissions.models.append_only import AppendOnlyModel, protect_events
from reports.closing import triggers
from reports.models import ClosedAdmission, QuarterClosing, Quota

pytestmark = pytest.mark.django_db

POSTGRESQL = """
SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid),
  ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY(t.tgattr))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
"""
SQLITE = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"


def live_triggers():
    """{name: (table, statement, the columns whose change fires it)} as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
        rows = cursor.fetchall()
    if connection.vendor == "postgresql":
        return {name: (table, text, set(columns)) for name, table, text, columns in rows}
    return {name: (table, text, _columns_of(text)) for name, table, text in rows}


def _columns_of(text):
    found = re.search(r"UPDATE OF (.*?) ON ", text)
    return set(found[1].split(", ")) if found else set()


def compared_columns(text):
    """The columns whose old and new values a trigger's condition compares."""
    return set(re.findall(r"\bOLD\.(\w+)\)?(?:::text)? IS (?:DISTINCT FROM|NOT)", text, re.IGNORECASE))


def test_a_change_of_any_fact_of_an_admission_is_watched():
    table, text, columns = live_triggers()["touch_changed"]
    facts = {field.column for kind in (AdmissionFacts, PrintedFacts) for field in kind._meta.local_fields}
    expected = facts | {"candidate_id", "decision_number", "annulled_on"}
    assert table == "admissions_dossier"
    assert columns == expected == set(triggers.watched_columns())
    assert compared_columns(text) == expected


def test_all_that_an_entry_keeps_of_the_dossier_is_watched():
    copied = {field.column for field in ClosedAdmission._meta.local_fields}
    copied -= {"id", "quarter_id", "dossier_id", "year", "serial"}
    of_person = {"full_name", "sort_key", "born_on", "born_precision", "ethnicity", "religion"}
    assert copied - of_person <= live_triggers()["touch_changed"][2]


def test_all_that_a_closed_list_prints_of_the_person_is_watched():
    table, text, columns = live_triggers()["touch_person"]
    assert table == "admissions_candidate"
    assert columns == {"full_name", "born_precision"} == compared_columns(text), "the rest is frozen"


def test_a_made_up_fact_would_be_watched():
    from tests.admissions.models.test_admission_facts import WiderFacts

    assert triggers.watched_columns(WiderFacts) == [*triggers.watched_columns(), "admitted_left_handed"]


def test_a_closing_keeps_every_column_but_those_of_its_reopening():
    text = live_triggers()["closings_stay"][1]
    written_later = {
        "id",
        "fingerprint",
        "reopen_reason",
        "reopen_by_id",
        "reopen_asked_at",
        "reopen_second_id",
        "reopened_at",
    }
    columns = {field.column for field in QuarterClosing._meta.local_fields}
    assert columns - written_later == set(triggers.FIXED)
    for column in triggers.FIXED:
        assert re.search(rf"\bold\.{column}\b", text, re.IGNORECASE), column


def append_only_models():
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


GUARDED_BY_THE_MODEL_ALONE = [Quota]


def test_the_database_refuses_to_change_or_delete_what_is_written_once():
    guards = {}
    for table, text, _columns in live_triggers().values():
        if "refuse_" in text or "RAISE(ABORT" in text:
            guards.setdefault(table, set()).update(
                re.findall(r"UPDATE|DELETE", text.upper().split(" ON ")[0])
            )
    tables = [
        model._meta.db_table for model in append_only_models() if model not in GUARDED_BY_THE_MODEL_ALONE
    ]
    assert guards == {table: {"UPDATE", "DELETE"} for table in tables}


@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
def test_a_row_that_is_written_once_is_neither_saved_nor_deleted(model):
    row = model(pk=1)
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=2)):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


def test_the_triggers_can_be_made_again():
    before = live_triggers()
    editor = connection.schema_editor()
    for make in (protect_events, triggers.protect_closings, triggers.watch_admissions):
        make(apps, editor)
    assert live_triggers() == before


def test_an_event_stays_even_for_a_bare_statement(district):
    from tests import factories

    factories.dossier(district.rural, district.staff)
    for statement in ("DELETE FROM admissions_event", "UPDATE admissions_event SET no = 7"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(statement)
