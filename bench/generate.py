"""A register of any size in an empty, migrated PostgreSQL database: the same rows on every run.

Units and quotas are few and made in Python; they go in by COPY. Candidates and dossiers are made by PostgreSQL itself
from their number alone, `hashint8extended(number, seed)`, on two connections at once, while the indexes and keys of
the two tables are away; these come back afterwards, as the migrations made them.
"""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from itertools import pairwise

import psycopg2
from django.db import connection
from django.db.models import BooleanField

from admissions.models import AdmissionFacts, Candidate, Dossier
from branches.models import Kind, Organisation, Tier
from notation import vietnamese
from reports.models import Basis, Quota, Term

CORES = 2
"""Connections that work side by side: goal G11 is asked of two cores."""

TODAY = date(2017, 2, 27)
FIRST = date(1990, 1, 1)
"""The day of the first dossier; they lie evenly up to `TODAY`, 27 years of 365 a district."""

SIZES = {
    "district": {"provinces": 0, "districts": 1, "communes": 17, "branches": 350, "dossiers": 10_000},
    "province": {"provinces": 1, "districts": 30, "communes": 510, "branches": 10_500, "dossiers": 300_000},
    "nation": {
        **{"provinces": 63, "districts": 700, "communes": 10_500, "branches": 200_000},
        "dossiers": 5_500_000,
    },
}

FAMILY = "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Đinh Kpă Siu".split()
MIDDLE = (
    "Văn Thị Hữu Đức Ngọc Minh Thanh Quang Xuân Thu Hồng Kim Bá Công Đình Trọng Phương Hoài Gia Quốc".split()
)
GIVEN = (
    "An Ánh Bình Chi Cường Dũng Dung Đạt Đông Giang Hà Hải Hạnh Hằng Hiền Hiếu Hòa Hùng Hương Huy Khánh Kiên Lan Linh "
    "Long Lộc Mai Mạnh Nam Nga Nhung Phong Phúc Quân Sơn Tài Tâm Thắng Thảo Thủy Tiến Trang Trung Tú Tuấn Vân Vinh Yến"
).split()

FOLDED = [vietnamese.fold(name) for name in MIDDLE]

PICK = """
CREATE FUNCTION pick(bigint, bigint, int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT ((hashint8extended($1, $2) & 2147483647) % $3)::int'
"""


def generate(size, dossiers=None):
    """Fill the database of the default connection; returns {"units": s, "rows": s, "indexes": s, "all": s}."""
    shape, took, begin = SIZES[size] | ({"dossiers": dossiers} if dossiers else {}), {}, time.perf_counter()

    def mark(name):
        took[name] = round(time.perf_counter() - begin - sum(took.values()), 1)

    with connection.cursor() as cursor:
        cursor.execute(PICK)
    places = units(shape)
    quotas(places)
    mark("units")
    saved = take_away(Candidate._meta.db_table, Dossier._meta.db_table)
    at_once([[statement] for statement in (candidates(shape), *dossiers_of(shape, places))])
    mark("rows")
    bring_back(saved)
    mark("indexes")
    took["all"] = round(time.perf_counter() - begin, 1)
    return took


# Units and quotas


def units(shape):
    """Make the tree; returns {tier: first primary key} and the number of each, for arithmetic in SQL."""
    rows, keys, pk = [], {}, 0
    levels = [
        ("root", int(shape["provinces"] > 1), Tier.PROVINCE, Kind.PROVINCE),
        ("provinces", shape["provinces"], Tier.PROVINCE, Kind.PROVINCE),
        ("districts", shape["districts"], Tier.DISTRICT, Kind.DISTRICT),
        ("communes", shape["communes"], Tier.BASE, Kind.COMMUNE),
        ("branches", shape["branches"], Tier.BRANCH, Kind.VILLAGE),
    ]
    above, paths = [], {None: ""}
    for name, number, tier, kind in levels:
        here = range(pk + 1, pk + 1 + number)
        for n, key in enumerate(here):
            parent = above[n * len(above) // number] if above else None
            paths[key] = f"{paths[parent]}{key}/"
            rows.append((key, parent, tier, kind, tier == Tier.BRANCH and n % 10 < 6, paths[key]))
        pk, keys[name] = pk + number, pk + 1
        above = here if number else above
    _copy(Organisation, map(_unit, rows))
    return keys | {"paths": paths}


def _unit(row):
    pk, parent, tier, kind, rural, path = row
    name, key = f"{MIDDLE[pk % 20]} {GIVEN[pk % 48]} {pk}", f"{FOLDED[pk % 20]} {pk}"
    values = {"id": pk, "parent_id": parent, "tier": tier, "kind": kind, "rural": rural, "path": path}
    # Good enough to sort by: the real keys would take longer than the whole tree.
    keys = {"search_name": key, "sort_key": key}
    return values | keys | {"code": f"D{pk:06d}", "name": name, "valid_from": FIRST}


def quotas(keys):
    """The quotas of every unit above the branches, for three years and the term; the term itself."""
    Term.objects.get_or_create(
        name="2015–2020", defaults={"first": date(2016, 1, 1), "last": date(2020, 12, 31)}
    )
    spans = [(date(y, 1, 1), date(y, 12, 31), 1) for y in (2015, 2016, 2017)]
    spans.append((date(2016, 1, 1), date(2020, 12, 31), 5))
    basis = Basis.objects.create(number="1-KH/TU", on=date(2015, 1, 2))
    rows = (
        {"unit_id": pk, "measure": "admitted", "first": first, "last": last, "number": (18 + pk % 9) * years}
        | {"basis_id": basis.pk, "state": Quota.State.ASSIGNED}
        for pk in range(1, keys["branches"])
        for first, last, years in spans
    )
    _copy(Quota, rows)


def _copy(model, rows):
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key or model is Organisation
    ]
    defaults = {f.column: f.get_default() for f in fields}
    buffer = io.StringIO()
    for row in rows:
        values = (row.get(column, default) for column, default in defaults.items())
        buffer.write("\t".join("\\N" if value is None else str(value) for value in values) + "\n")
    buffer.seek(0)
    columns = ", ".join(f'"{column}"' for column in defaults)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {model._meta.db_table} ({columns}) FROM STDIN", buffer)


# Candidates and dossiers


def candidates(shape):
    """The statement that makes them: names from three lists, with the keys that the application would give them."""
    names = [" ".join((f, m, g)) for f in FAMILY for m in MIDDLE for g in GIVEN]
    rows = ((str(n), name, vietnamese.fold(name), vietnamese.name_key(name)) for n, name in enumerate(names))
    text = "".join("\t".join(row) + "\n" for row in rows)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_name (n int, full_name text, search_name text, sort_key text)")
        cursor.copy_expert("COPY bench_name FROM STDIN", io.StringIO(text))
        cursor.execute("ANALYZE bench_name")
    values = {
        **{"id": "i", "full_name": "full_name", "search_name": "search_name", "sort_key": "sort_key"},
        "born_on": _born_on(shape),
        "sex": "CASE WHEN pick(i, 14, 2) = 1 THEN 'female' ELSE 'male' END",
        "citizen_id": "lpad(mod(i * 7919 + 17, 999999999989)::text, 12, '0')",
        **{"ethnicity_id": ETHNICITY, "religion_id": RELIGION},
        **{"home_place": "'Yên Lạc, Vĩnh Phúc'", "residence": "'Thôn ' || pick(i, 15, 40)"},
        **{"occupation": "'farmer'", "education": "'upper_secondary'"},
        "in_youth_union": "pick(i, 31, 100) < 70",
    }
    source = (
        f"generate_series(1, {shape['dossiers']}::bigint) i JOIN bench_name ON n = pick(i, 11, {len(names)})"
    )
    return _insert(Candidate, values, source)


PARTS = 8
"""In how many statements the dossiers are made, so that no connection is idle while another one works."""

STATE = """
CASE WHEN pick(i, 6, 100) < 3 THEN CASE WHEN pick(i, 7, 2) = 0 THEN 'withdrawn' ELSE 'refused' END
WHEN day > DATE '2017-01-15' OR (day > DATE '2016-03-01' AND pick(i, 5, 4) = 0) THEN
  (ARRAY['listed', 'listed', 'preparing', 'preparing', 'resolved', 'proposed', 'appraisal', 'awaiting'])
    [1 + pick(i, 8, 8)]
WHEN pick(i, 9, 500) = 0 THEN 'annulled' WHEN day > DATE '2016-12-20' THEN 'decided'
WHEN day > DATE '2016-01-10' THEN 'probationary' WHEN pick(i, 9, 100) = 1 THEN 'left' ELSE 'official' END
"""


def dossiers_of(shape, keys):
    """The statements that make them: in order of days, units scattered, each with the dates its state implies."""
    n = shape["dossiers"]
    admitted = "state IN ('annulled', 'decided', 'probationary', 'official', 'left')"
    began = "state <> 'listed'"
    over = "state IN ('official', 'left')"
    given = {
        **{"id": "i", "year": "extract(year FROM day - 400)", "serial": "i", "candidate_id": "i"},
        **{"branch_id": "branch", "commune_id": "commune", "state": "state", "state_since": "day"},
        **{"introduction": "'two_members'", "introducer": "'Lê Văn Toản'", "helper": "'Nguyễn Văn Thực'"},
        "listed_on": "day - 400 - pick(i, 32, 200)",
    }
    for column, when, value in (
        ("applied_on", began, "day - 150"),
        ("branch_resolved_on", began, "day - 60"),
        ("base_resolved_on", began, "day - 45"),
        ("received_on", began, "day - 40"),
        ("put_forward_on", began, "day - 10"),
        ("ceremony_on", f"{admitted} AND state <> 'decided'", "day + 20"),
        ("probation_ends_on", f"{admitted} AND state <> 'decided'", "day + 385"),
        ("conversion_resolved_on", over, "day + 390"),
        ("conversion_base_on", over, "day + 395"),
        ("conversion_decided_on", over, "day + 410"),
        ("official_on", over, "day + 385"),
        ("left_on", "state = 'left'", "day + 600"),
        ("annulled_on", "state = 'annulled'", "day + 100"),
        ("decided_on", admitted, "day"),
        ("admitted_branch_id", admitted, "branch"),
        ("admitted_commune_id", admitted, "commune"),
        ("admitted_rural", admitted, f"mod(branch - {keys['branches']}, 10) < 6"),
        ("admitted_sex", admitted, "CASE WHEN pick(i, 14, 2) = 1 THEN 'female' ELSE 'male' END"),
        ("admitted_age", admitted, "18 + pick(i, 12, 24)"),
        ("admitted_youth", admitted, "pick(i, 31, 100) < 70"),
        ("admitted_occupation", admitted, "'farmer'"),
        ("admitted_education", admitted, "'upper_secondary'"),
        ("admitted_qualification", admitted, "'none'"),
        ("admitted_title", admitted, "'none'"),
        ("admitted_born_on", admitted, _born_on(shape)),
        ("admitted_ethnicity_id", admitted, ETHNICITY),
        ("admitted_religion_id", admitted, RELIGION),
        *((column, admitted, "pick(i, 40, 50) = 0") for column in FLAGS),
    ):
        given[column] = f"CASE WHEN {when} THEN {value} END"
    given["decision_number"] = f"CASE WHEN {admitted} THEN i || '-QĐ/HU' ELSE '' END"
    ends = [n * part // PARTS for part in range(PARTS + 1)]
    return [_insert(Dossier, given, _numbered(a + 1, b, shape, keys)) for a, b in pairwise(ends)]


def _numbered(first, last, shape, keys):
    """The dossiers from `first` to `last` with what follows from their number: branch, commune, day, state."""
    n, communes, branches = shape["dossiers"], shape["communes"], shape["branches"]
    return f"""
      (SELECT i, branch, {keys["communes"]} + ((branch - {keys["branches"]})::bigint * {communes} / {branches})
        AS commune, day, {STATE} AS state FROM
        (SELECT i, {keys["branches"]} + pick(i, 1, {branches}) AS branch,
           {_sql(FIRST)} + (i * {(TODAY - FIRST).days} / {n})::int AS day
         FROM generate_series({first}, {last}::bigint) i OFFSET 0) x OFFSET 0) y"""


FLAGS = [
    field.column
    for field in AdmissionFacts._meta.local_fields
    if isinstance(field, BooleanField) and field.name not in ("admitted_rural", "admitted_youth")
]
"""Facts that are true of one in fifty."""


ETHNICITY = "(SELECT min(id) FROM admissions_ethnicity)"
RELIGION = "(SELECT min(id) FROM admissions_religion)"


def _born_on(shape):
    return f"{_sql(FIRST)} - 6570 + (i * 9919 / {shape['dossiers']})::int - pick(i, 12, 9000)"


def _sql(day):
    return f"DATE '{day}'"


def _insert(model, given, source):
    """INSERT … SELECT with every column of `model`: those `given`, and the others as the model leaves them."""
    values = {}
    for field in model._meta.concrete_fields:
        default = field.get_default()
        plain = "NULL" if default is None else f"'{default}'" if isinstance(default, str) else str(default)
        values[field.column] = given.get(field.column, plain)
    columns = ", ".join(f'"{column}"' for column in values)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(values.values())} FROM {source}"


def at_once(plans):
    """Run lists of statements, each list on a connection of its own, as many side by side as there are `CORES`."""
    server = address()

    def run(plan):
        with closing(psycopg2.connect(**server)) as own, own.cursor() as cursor:
            own.autocommit = True
            # Two cores are busy as it is: an index that is built by several processes only makes the others wait.
            cursor.execute("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 0")
            cursor.execute("SET synchronous_commit = off")
            for statement in plan:
                cursor.execute(statement)

    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(run, plans))


def address():
    """Of the database that is in use, as the driver takes it."""
    return {
        k: v for k, v in connection.get_connection_params().items() if k not in ("cursor_factory", "context")
    }


# Indexes and constraints


def take_away(*tables):
    """Drop the indexes and keys of `tables`, and what points at them; returns how to bring them back.

    Checks stay: a row is checked while it is made, and no second pass is needed.
    """
    found = {"tables": tables, "indexes": [], "keys": [], "foreign": []}
    with connection.cursor() as cursor:
        for table in tables:
            # Nothing is closed that a row could touch.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid),"
                " pg_get_indexdef(conindid) FROM pg_constraint WHERE contype IN ('p', 'u', 'f')"
                " AND (conrelid = %s::regclass OR confrelid = %s::regclass) ORDER BY contype = 'f' DESC, conname",
                [table, table],
            )
            for owner, name, kind, text, index in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {owner} DROP CONSTRAINT "{name}"')
                if kind == "f":
                    found["foreign"].append((owner, f'ADD CONSTRAINT "{name}" {text}'))
                else:
                    found["indexes"].append(index)
                    what = "PRIMARY KEY" if kind == "p" else "UNIQUE"
                    found["keys"].append((table, f'ADD CONSTRAINT "{name}" {what} USING INDEX "{name}"'))
            cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table])
            for name, text in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
                found["indexes"].append(text)
    return found


def bring_back(found):
    """VACUUM while there is no index to clean, the indexes side by side, then the keys they stand for.

    The indexes of the first table are made while the second is vacuumed: neither waits for the other.
    """
    at_once([[f"VACUUM {table}"] for table in found["tables"]] + [[text] for text in found["indexes"]])
    plan = [f"ALTER TABLE {owner} {text}" for owner, text in found["keys"]]
    owners = {}
    for owner, text in found["foreign"]:
        owners.setdefault(owner, []).append(text)
    plan += [f"ALTER TABLE {owner} {', '.join(texts)}" for owner, texts in owners.items()]
    plan += [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in found["tables"]]
    for table in (*found["tables"], Organisation._meta.db_table):
        plan.append(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    at_once([plan])
    for table in (*found["tables"], *(model._meta.db_table for model in (Organisation, Quota, Basis, Term))):
        _vacuum(table)


def _vacuum(table):
    """VACUUM ANALYZE until the rows are visible to all: the server's own analyze of any table holds them back.

    Two writers leave some pages empty at the end, and these are never marked.
    """
    visible = "SELECT relallvisible >= 0.9 * relpages FROM pg_class WHERE oid = %s::regclass"
    with connection.cursor() as cursor:
        for _ in range(50):
            cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute(visible, [table])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.2)
    raise AssertionError(f"{table} cannot be vacuumed: someone else keeps a transaction open")


def checksum():
    """A number that stands for every generated row: equal on every run of one size."""
    text = (
        "concat_ws('|', id, state, branch_id, decided_on, admitted_commune_id, admitted_sex, admitted_youth)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), sum(hashtextextended({text}, 0)::numeric) FROM admissions_dossier")
        return "{}:{}".format(*cursor.fetchone())
