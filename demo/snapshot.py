"""The demonstration as rows of tables, packed in `snapshot.jsonl.xz`: filled in seconds, into either database.

`load` tells the district's stories through the verbs of the pages; this file keeps what comes out. A test compares
the two, and `manage.py load_yenlac --retell --save` renews the file after a change of the stories, the models or the
rules. Each line holds one table: its name, the names of its columns, and its rows.
"""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

PATH = Path(__file__).with_name("snapshot.jsonl.xz")
RENEW = "Renew it: scripts/snapshot"
APPS = ("branches", "accounts", "admissions", "reports", "oversight")
SALTED = {"password"}
"""Columns whose value differs at every telling: stored empty, written when the snapshot is loaded."""
CHUNK = 500

Table = dict[str, Any]


class Outdated(Exception):
    """The snapshot does not fit the tables or the reference rows of this database; says which."""


def list_models() -> Iterator[type[Model]]:
    """Every model of the register that has a table, each before those of the apps above it."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if not model._meta.proxy:
                yield model


def filled_tables() -> set[str]:
    """The tables that hold rows: in an empty register those of the reference rows, written by migrations."""
    return {model._meta.db_table for model in list_models() if model._base_manager.exists()}


def pack_tables(reference: set[str]) -> bytes:
    """The packed rows of every table that is not empty; those of `reference` are compared, not written, on loading."""
    tables = [read_table(model) for model in list_models() if model._base_manager.exists()]
    lines = [to_json(table | {"reference": table["table"] in reference}) for table in tables]
    return lzma.compress("\n".join(lines).encode(), preset=9)


def to_json(value: Any) -> str:
    """One line of JSON, with dates, moments and decimals as text."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def read_table(model: type[Model]) -> Table:
    """The rows of one table by primary key, in the order of the model's fields."""
    fields = model._meta.concrete_fields
    salted = [place for place, field in enumerate(fields) if field.column in SALTED]
    rows = [list(row) for row in model._base_manager.order_by("pk").values_list(*(f.attname for f in fields))]
    for row in rows:
        for place in salted:
            row[place] = ""
    return {"table": model._meta.db_table, "columns": [field.column for field in fields], "rows": rows}


def unpack_tables() -> list[Table]:
    """The tables of the snapshot, in the order in which they can be written."""
    return [json.loads(line) for line in lzma.decompress(PATH.read_bytes()).decode().splitlines()]


def fill_tables(password: str) -> int:
    """Write the snapshot into an empty register; every account gets `password`. Returns the number of rows.

    Raises `Outdated` before it writes anything. Run it in a transaction.
    """
    by_table = {model._meta.db_table: model for model in list_models()}
    tables = unpack_tables()
    check_fit(tables, by_table)
    written = [table for table in tables if not table["reference"]]
    secret = make_password(password)
    for table in written:
        model = by_table[table["table"]]
        rows = list(to_instances(model, table, secret))
        model._base_manager.bulk_create(rows, batch_size=CHUNK)
    filled = [by_table[table["table"]] for table in written]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
    return sum(len(table["rows"]) for table in written)


def check_fit(tables: list[Table], by_table: dict[str, type[Model]]) -> None:
    """Raise `Outdated` when a table, a column or a reference row differs from those of the snapshot."""
    for table in tables:
        name, model = table["table"], by_table.get(table["table"])
        if model is None:
            raise Outdated(f"The snapshot has a table {name}, the models have none. {RENEW}")
        columns = {str(field.column) for field in model._meta.concrete_fields}
        if differing := columns.symmetric_difference(table["columns"]):
            raise Outdated(
                f"{name}: {', '.join(sorted(differing))} in the snapshot or the model only. {RENEW}"
            )
        if table["reference"] and to_json(read_table(model)["rows"]) != to_json(table["rows"]):
            raise Outdated(f"{name}: the reference rows are not those of the snapshot. {RENEW}")


def to_instances(model: type[Model], table: Table, secret: str) -> Iterator[Model]:
    """Unsaved rows of `model`, with `secret` in the columns that are salted."""
    by_column = {field.column: field for field in model._meta.concrete_fields}
    fields = [by_column[column] for column in table["columns"]]
    for row in table["rows"]:
        values = {
            field.attname: secret if field.column in SALTED else field.to_python(value)
            for field, value in zip(fields, row, strict=True)
        }
        yield model(**values)
