"""Rows that are written once: events, quotas and closed quarters.

The base stands here because `admissions` is the lowest app that has such rows; `reports` imports it from above.
Triggers refuse the same of statements that go past the models, see `refusing_triggers`.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class AppendOnlyQuerySet(models.QuerySet):
    """Adds rows; changes and deletes none."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only")


class AppendOnlyModel(models.Model):
    """A row that can be neither saved again nor deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is append-only")


def refusing_function(function: str, words: str) -> str:
    """The statement that makes the PostgreSQL function that refuses with `words`."""
    return (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )


def refusing_triggers(vendor: str, table: str, name: str, function: str, words: str) -> Iterator[str]:
    """The statements by which the database refuses to change or delete a row of `table`, whoever asks.

    PostgreSQL gets one trigger `name` that calls `function`; SQLite one for each act, as "name_update".
    """
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        return
    for act in ("update", "delete"):
        yield f"DROP TRIGGER IF EXISTS {name}_{act}"
        yield (
            f"CREATE TRIGGER {name}_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )


EVENTS = ("admissions_event", "events_are_append_only", "refuse_event_change", "events are append-only")
"""The table of the events, its trigger, the function behind it and what it says."""


def drop_triggers(using: str, **kwargs: Any) -> None:
    """Take every trigger off an SQLite database before its migrations, whose rebuilt tables they would refer to.

    A receiver of `pre_migrate`; those of `post_migrate` put the triggers back.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def restore_triggers(using: str, apps: Apps, **kwargs: Any) -> None:
    """Put the triggers of this app back after its migrations; a receiver of `post_migrate`.

    Emptying a database sends the same signal, without a `plan`, and leaves the triggers where they are.
    """
    connection = connections[using]
    if "plan" in kwargs and EVENTS[0] in connection.introspection.table_names():
        with connection.schema_editor() as schema_editor:
            protect_events(apps, schema_editor)


def protect_events(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse to change or delete an event; may run again after a table was rebuilt."""
    _table, _name, function, words = EVENTS
    vendor = schema_editor.connection.vendor
    statements = [refusing_function(function, words)] if vendor == "postgresql" else []
    for statement in (*statements, *refusing_triggers(vendor, *EVENTS)):
        schema_editor.execute(statement, params=None)
