"""The rows of oversight that are only added: the database refuses to change or delete them."""

from typing import Any

from django.apps.registry import Apps
from django.db import connections

from admissions.models.append_only import refusing_function, refusing_triggers

REFUSAL = ("refuse_oversight_change", "what was written once stays")
"""The function behind the triggers, and what it says."""
TABLES = {
    "oversight_visitaddition": "visit_additions_stay",
    "oversight_reportpassage": "passages_stay",
    "oversight_recordcorrection": "corrections_stay",
}
"""{table: its trigger}."""


def restore_oversight_triggers(using: str, apps: Apps, **kwargs: Any) -> None:
    """Put the triggers back after the migrations; a receiver of `post_migrate`."""
    connection = connections[using]
    if "plan" not in kwargs or not TABLES.keys() <= {*connection.introspection.table_names()}:
        return
    function, words = REFUSAL
    with connection.schema_editor() as schema_editor:
        if connection.vendor == "postgresql":
            schema_editor.execute(refusing_function(function, words), params=None)
        for table, name in TABLES.items():
            for statement in refusing_triggers(connection.vendor, table, name, function, words):
                schema_editor.execute(statement, params=None)
