"""The triggers of closed quarters: what the database itself refuses, and what it notes down, whoever asks.

`protect_closings` holds closings, entries and totals to what was written; `watch_admissions` notes the dossiers whose
admission changes after a quarter was closed. Both may run again: SQLite loses triggers when a migration rebuilds their
table, so every `migrate` ends with `restore_closing_triggers`. A test compares what the live database watches with the
models.
"""
# ruff: noqa: S608 - statements are put together from the names of tables and columns; no value goes in

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from admissions.models import AdmissionFacts, Candidate, Dossier
from admissions.models.admission_facts import PrintedFacts
from admissions.models.append_only import refusing_function, refusing_triggers
from reports.models.closing import PERSON

REFUSAL = "refuse_closed_change", "closed quarters are append-only"
"""The PostgreSQL function behind the triggers that refuse, and what they say."""

FIXED = (
    "year",
    "number",
    "closed_at",
    "closed_by_id",
    "counted_by",
    "begun_on",
    "parts",
    "adjusted",
    "unconfirmed",
)
"""What a closing keeps; only its fingerprint comes a moment later, and what a reopening adds, once."""
JSON = ("parts", "adjusted", "unconfirmed")

TABLES = {
    "entry_stay": "reports_entry",
    "unittotals_stay": "reports_unittotals",
    "closedmovement_stay": "reports_closedmovement",
    "quarterconfirmation_stay": "reports_quarterconfirmation",
    "closedyear_stay": "reports_closedyear",
    "closedline_stay": "reports_closedline",
}
"""{trigger: the table whose rows stay as they were written}."""


def restore_closing_triggers(using: str, apps: Apps, **kwargs: Any) -> None:
    """Put the triggers of closed quarters back after the migrations; a receiver of `post_migrate`."""
    connection = connections[using]
    if "plan" in kwargs and "reports_touched" in connection.introspection.table_names():
        with connection.schema_editor() as schema_editor:
            protect_closings(apps, schema_editor)
            watch_admissions(apps, schema_editor)


def protect_closings(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse to change or delete what a closing wrote.

    Tables and columns that the database does not have yet, because a later migration makes them, are left out.
    """
    fixed = set(_columns(apps.get_model("reports", "QuarterClosing")).values()).intersection(FIXED)
    there = {model._meta.db_table for model in apps.get_models()}
    tables = {name: table for name, table in TABLES.items() if table in there}
    for statement in _protection(
        schema_editor.connection.vendor, tables, [name for name in FIXED if name in fixed]
    ):
        schema_editor.execute(statement, params=None)


def _protection(vendor: str, tables: dict[str, str], fixed: list[str]) -> Iterator[str]:
    function, words = REFUSAL
    if vendor == "postgresql":
        then, unlike, replace = f"EXECUTE FUNCTION {function}()", "IS DISTINCT FROM", "CREATE OR REPLACE"
        yield refusing_function(*REFUSAL)
    else:
        then, unlike, replace = f"BEGIN SELECT RAISE(ABORT, '{words}'); END", "IS NOT", "CREATE"
        yield "DROP TRIGGER IF EXISTS closings_stay"
        yield "DROP TRIGGER IF EXISTS closings_are_kept"
    on = "ON reports_quarter FOR EACH ROW"
    yield f"{replace} TRIGGER closings_stay BEFORE UPDATE {on} WHEN ({_breaks(unlike, fixed)}) {then}"
    yield f"{replace} TRIGGER closings_are_kept BEFORE DELETE {on} {then}"
    for name, table in tables.items():
        yield from refusing_triggers(vendor, table, name, *REFUSAL)


def _breaks(unlike: str, fixed: list[str]) -> str:
    """A condition: the row changes in one of the columns `fixed`."""
    changed = " OR ".join(_differs(column, unlike) for column in fixed)
    fingerprint = f"OLD.fingerprint <> '' AND NEW.fingerprint {unlike} OLD.fingerprint"
    return f"OLD.reopened_at IS NOT NULL OR {changed} OR ({fingerprint})"


def _differs(column: str, unlike: str) -> str:
    old, new = (
        f"CAST({row}.{column} AS text)" if column in JSON else f"{row}.{column}" for row in ("OLD", "NEW")
    )
    return f"{new} {unlike} {old}"


# What changes after a closing


def watched_columns(facts: type[models.Model] = AdmissionFacts) -> list[str]:
    """The columns of a dossier that a closed quarter's list and numbers rest on."""
    columns = _columns(Dossier)
    printed = (field.name for field in PrintedFacts._meta.local_fields)
    about = [columns[name] for name in ("candidate", "decision_number", "annulled_on", *printed)]
    return about + list(_columns(facts).values())


def watched_person_columns() -> list[str]:
    """The columns of a candidate that a closed quarter's list prints."""
    columns = _columns(Candidate)
    return [
        columns[name] for row, _of, name in (p.partition("__") for p in PERSON.values()) if row == "candidate"
    ]


def _columns(model):
    """{name of a field: its column in the database}."""
    return {field.name: field.column for field in model._meta.concrete_fields}


DAYS = ("decided_on", "ceremony_on")
CLOSED = "EXISTS (SELECT 1 FROM reports_quarter q WHERE q.reopened_at IS NULL AND q.fingerprint <> '' AND ({days}))"
QUARTER_OF = {
    "postgresql": "(q.year = EXTRACT(YEAR FROM {day}) AND q.number = EXTRACT(QUARTER FROM {day}))",
    "sqlite": "(q.year = CAST(strftime('%Y', {day}) AS integer)"
    " AND q.number = (CAST(strftime('%m', {day}) AS integer) + 2) / 3)",
}


def watch_admissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note down every dossier whose admission changes where a closed quarter counts it, before or after the change.

    Columns that the database does not have yet, because a later migration adds them, are left out.
    """
    vendor = schema_editor.connection.vendor
    dossier, person = (
        {field.column for field in apps.get_model("admissions", name)._meta.local_fields}
        for name in ("Dossier", "Candidate")
    )
    columns = [column for column in watched_columns() if column in dossier]
    of_person = [column for column in watched_person_columns() if column in person]
    for statement in (_watch_postgresql if vendor == "postgresql" else _watch_sqlite)(columns, of_person):
        schema_editor.execute(statement, params=None)


def _watch_postgresql(columns: list[str], person: list[str]) -> Iterator[str]:
    unlike, closed = "IS DISTINCT FROM", _closing_on("postgresql")
    note = "INSERT INTO reports_touched (dossier_id) VALUES (NEW.id) ON CONFLICT DO NOTHING"
    programs = {
        "touch_person": f"INSERT INTO reports_touched (dossier_id) {_dossiers_of_person(closed('d'))}"
        " ON CONFLICT DO NOTHING",
        "touch_changed": f"IF {closed('OLD', 'NEW')} THEN {note}; END IF",
        "touch_new": f"IF {closed('NEW')} THEN {note}; END IF",
    }
    for name, program in programs.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {program}; RETURN NULL; END $$"
        )
    for name, event, when in (
        ("touch_person", f"UPDATE OF {', '.join(person)} ON admissions_candidate", _changed(person, unlike)),
        ("touch_changed", f"UPDATE OF {', '.join(columns)} ON admissions_dossier", _changed(columns, unlike)),
        ("touch_new", "INSERT ON admissions_dossier", "NEW.decided_on IS NOT NULL"),
    ):
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION {name}()"
        )


def _watch_sqlite(columns: list[str], person: list[str]) -> Iterator[str]:
    unlike, closed = "IS NOT", _closing_on("sqlite")
    note = "INSERT OR IGNORE INTO reports_touched (dossier_id)"
    for name, event, when, dossiers in (
        (
            "touch_person",
            f"UPDATE OF {', '.join(person)} ON admissions_candidate",
            _changed(person, unlike),
            _dossiers_of_person(closed("d")),
        ),
        (
            "touch_changed",
            f"UPDATE OF {', '.join(columns)} ON admissions_dossier",
            f"({_changed(columns, unlike)}) AND {closed('OLD', 'NEW')}",
            "VALUES (NEW.id)",
        ),
        (
            "touch_new",
            "INSERT ON admissions_dossier",
            f"NEW.decided_on IS NOT NULL AND {closed('NEW')}",
            "VALUES (NEW.id)",
        ),
    ):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {event} WHEN {when} BEGIN {note} {dossiers}; END"


def _closing_on(vendor: str):
    """A function of row names: the condition that a closed quarter counts one of their days."""

    def closed(*rows: str) -> str:
        days = (QUARTER_OF[vendor].format(day=f"{row}.{column}") for row in rows for column in DAYS)
        return CLOSED.format(days=" OR ".join(days))

    return closed


def _dossiers_of_person(closed: str) -> str:
    return f"SELECT d.id FROM admissions_dossier d WHERE d.candidate_id = NEW.id AND {closed}"


def _changed(columns: list[str], unlike: str) -> str:
    return " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in columns)
