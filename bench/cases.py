"""What is measured. Each case asserts that its variants give the same numbers before it times them.

A case is a function of a `Bench` that returns {"times": {variant: [seconds]}, "ratios": {name: number}, "notes": […]}.
"""

from dataclasses import dataclass, field
from datetime import date
from tempfile import TemporaryDirectory

import psycopg2
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Count, F
from django.db.utils import load_backend
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from accounts.models import Post, User
from accounts.roles import Role
from admissions.models import Candidate, Dossier
from bench import generate
from bench.closings import case_closing
from bench.exports import case_export
from bench.reorganisation import case_reorganisation
from bench.structures import case_structures
from bench.timing import interleave, ratios
from branches.models import Organisation, Tier
from reports import periods
from reports.closing import province
from reports.figures import figures
from reports.measures import ADMITTED, MEASURES, RURAL
from reports.models import Basis, Quota, Term

SHOWN = (ADMITTED, RURAL, MEASURES["women"], MEASURES["youth"])


@dataclass
class Bench:
    """The databases of a run: `main`, the one that is measured, and `small`, a district's, to compare with."""

    size: str
    rounds: int
    main: object
    small: object = None
    took: dict = field(default_factory=dict)
    closing: float = 0.0

    def on(self, wrapper):
        """Make `wrapper` the database of every query from here on."""
        connections["default"] = wrapper
        return self


def people():
    """{"district", "commune", "branch", "top": signed-in client} for the units in the middle of the register."""
    districts = Organisation.objects.filter(tier=Tier.DISTRICT).order_by("pk")
    district = districts[districts.count() // 2]
    commune = Organisation.objects.filter(parent=district).order_by("pk")[1]
    branch = Organisation.objects.filter(parent=commune).order_by("pk")[1]
    top = Organisation.objects.get(parent=None)
    found = {}
    for name, unit in (("district", district), ("commune", commune), ("branch", branch), ("top", top)):
        user, new = User.objects.get_or_create(username=name, defaults={"full_name": "Nguyễn Văn Thử"})
        if new:
            Post.objects.create(user=user, unit=unit, role=Role.BOARD_STAFF, since=date(2010, 1, 1))
        client = Client()
        client.force_login(user)
        found[name] = client, unit
    return found


def get(client, url="/chi-tieu/"):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response


def cells():
    """A year and a term, each by four measures: what a district's table needs, and more."""
    year, term = periods.default_period(), periods.term_period(Term.objects.get())
    return [(period, measure) for period in (year, term) for measure in SHOWN]


def counted_one_by_one(unit, wanted):
    """The same as `figures.by_child`, each number by its own query: the loop one would write first."""
    units = [unit, *Organisation.objects.filter(parent=unit)]
    return {row.pk: tuple(figures.list_figure(row, *cell).count() for cell in wanted) for row in units}


def without_nothing(found):
    return {pk: numbers for pk, numbers in found.items() if any(numbers)}


def agree(left, right):
    assert without_nothing(left) == without_nothing(right), "two ways of counting differ"


def statement_of(call):
    """The one statement that `call` sends: (text, values)."""
    sent = []

    def keep(execute, sql, values, many, context):
        sent.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        call()
    assert len(sent) == 1, f"{len(sent)} statements"
    return sent[0]


def case_figures(bench):
    """The figures of one district: through the application, through the bare driver, and one by one."""
    unit, wanted = people()["district"][1], cells()
    agree(figures.count_by_child(unit, wanted), counted_one_by_one(unit, wanted))
    sql, values = statement_of(lambda: figures.count_by_child(unit, wanted))
    raw = psycopg2.connect(**generate.address())
    raw.autocommit = True
    cursor = raw.cursor()

    def bare():
        cursor.execute(sql, values)
        return cursor.fetchall()

    assert bare() == figures._count_atoms(unit, wanted, by_base=True)

    def joined():
        rows = Dossier.objects.standing().filter(admitted_branch__path__startswith=unit.path)
        return list(rows.values(path=F("admitted_branch__path")).annotate(**counts_of(wanted)).order_by())

    assert sum(row["n0"] for row in joined()) == figures.tally_cells(unit, wanted)[0]
    quick = {"figures": lambda: figures.count_by_child(unit, wanted), "raw": bare}
    slow = {"figures": quick["figures"], "by path": joined}
    slow["naive"] = lambda: counted_one_by_one(unit, wanted)
    times, few = interleave(quick, bench.rounds * 10), interleave(slow, max(3, bench.rounds // 3))
    raw.close()
    return {
        "times": times | {"by path, with the ORM": few["by path"], "naive": few["naive"]},
        "ratios": {
            "figures / raw": ratios(times, "figures", "raw"),
            "naive / figures": ratios(few, "naive", "figures"),
            "by path / figures": ratios(few, "by path", "figures"),
        },
    }


def counts_of(wanted):
    days = [{"decided_on__range": (period.first, period.last)} for period, _measure in wanted]
    return {
        f"n{n}": Count("decided_on", filter=measure.condition & type(measure.condition)(**day))
        for n, ((_period, measure), day) in enumerate(zip(wanted, days, strict=True))
    }


def case_pages(bench):
    """Whole pages through the middleware, signed in, nothing cached but the session, against an empty one."""
    who = people()
    check_page(*who["district"])
    variants = {"empty page": lambda: get(who["district"][0], "/bench/empty/")}
    for name in ("district", "commune", "branch"):
        variants[f"{name} page"] = lambda client=who[name][0]: get(client)
    times = interleave(variants, bench.rounds * 2)
    found = {f"{name} / empty page": ratios(times, name, "empty page") for name in variants}
    found.pop("empty page / empty page")
    if bench.size != "district":
        check_page(*who["top"], naive=False)
        top = {"empty page": variants["empty page"], "top page": lambda: get(who["top"][0])}
        top["top page of a running year"] = lambda: get(who["top"][0], "/chi-tieu/?ky=2017")
        few = interleave(top, 5 if bench.rounds > 2 else 1)
        for name in list(top)[1:]:
            times[name] = few[name]
            found[f"{name} / empty page"] = ratios(few, name, "empty page")
    return {"times": times, "ratios": found}


def check_page(client, unit, naive=True):
    """The page's table shows what the lists behind its numbers hold."""
    setup_test_environment()
    try:
        response = get(client)
    finally:
        teardown_test_environment()
    period = response.context["period"]
    wanted = [(period, ADMITTED), (period, RURAL), (period.year_before(), ADMITTED)]
    lines = [response.context["total"], *response.context["rows"]]
    shown = {line.unit.pk: (line.row.admitted, line.row.rural, line.before) for line in lines}
    agree(shown, counted_one_by_one(unit, wanted) if naive else figures.count_by_child(unit, wanted))


def case_growth(bench):
    """The district's page in the register of a district and in this one, in turn."""
    if bench.small is None:
        return {"times": {}, "ratios": {}, "notes": ["nothing to compare with at this size"]}
    clients = {}
    for name, wrapper in (("district", bench.small), (bench.size, bench.main)):
        bench.on(wrapper)
        clients[name] = people()["district"][0]
        check_page(*people()["district"])

    def page(name, wrapper):
        bench.on(wrapper)
        get(clients[name])

    variants = {"district": lambda: page("district", bench.small)}
    variants[bench.size] = lambda: page(bench.size, bench.main)
    times = interleave(variants, bench.rounds * 2)
    bench.on(bench.main)
    return {"times": times, "ratios": {f"{bench.size} / district": ratios(times, bench.size, "district")}}


def case_totals(bench):
    """The figures of the whole register: counted live, and from totals of closed quarters."""
    top = Organisation.objects.get(parent=None)
    if top.tier != Tier.PROVINCE:
        return {"times": {}, "ratios": {}, "notes": ["only above a district"]}
    period = periods.default_period()
    wanted = [(p, m) for p in (period, period.year_before()) for m in SHOWN]
    agree(figures.count_by_child(top, wanted), province.by_child(top, wanted))
    variants = {
        "live": lambda: figures.count_by_child(top, wanted),
        "totals": lambda: province.by_child(top, wanted),
    }
    times = interleave(variants, max(3, bench.rounds // 3))
    return {
        "times": times,
        "ratios": {"live / totals": ratios(times, "live", "totals")},
        "notes": [f"eight quarters closed in {bench.closing:.1f} s"],
    }


def case_plan(bench):
    """The statement of a district's figures reads the covering index and nothing else of the dossiers."""
    unit, wanted = people()["district"][1], cells()
    found = []
    for call in (
        lambda: figures.count_by_child(unit, wanted),
        lambda: figures.count_by_day(unit, wanted[0][0]),
    ):
        sql, values = statement_of(call)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Index Only Scan using dossier_figures" in plan, plan
        assert "on admissions_dossier" in plan and "Seq Scan on admissions_dossier" not in plan, plan
        found.append(next(line.strip() for line in plan.splitlines() if "Index Only Scan" in line))
    return {"times": {}, "ratios": {}, "notes": found}


def case_statements(bench):
    """How many statements a page needs; `most` without a branch's, which lists dossiers with their steps and limits."""
    found = {}
    for name, (client, unit) in people().items():
        if name == "top" and bench.size == "district":
            continue
        for url in ("/chi-tieu/", f"/chi-tieu/?don-vi={unit.pk}"):
            get(client, url)
            sent = []

            def keep(execute, sql, values, many, context, sent=sent):
                sent.append(sql)
                return execute(sql, values, many, context)

            with connection.execute_wrapper(keep):
                get(client, url)
            found[name] = max(found.get(name, 0), len(sent))
    most = max(number for name, number in found.items() if name != "branch")
    return {"times": {}, "ratios": found | {"most": most}}


def case_generator(bench):
    """How long the register took to make, and that it is the same one every time."""
    notes = [", ".join(f"{name} {seconds} s" for name, seconds in bench.took.items())]
    return {
        "times": {},
        "ratios": {"seconds": bench.took["all"]},
        "notes": notes,
        "checksum": generate.checksum(),
    }


LITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
    },
}
COPIED = (Organisation, Basis, Term, Quota, User, Post, Candidate, Dossier)


def copied_to(name, source):
    """A SQLite database in the file `name` with the same units, quotas, people and dossiers."""
    settings = connections.configure_settings({"default": LITE | {"NAME": name}})["default"]
    lite = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = lite
    call_command("migrate", verbosity=0)
    with lite.cursor() as to, source.cursor() as cursor:
        to.execute("PRAGMA foreign_keys = OFF")
        for model in COPIED:
            columns = [field.column for field in model._meta.concrete_fields]
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f"SELECT {names} FROM {model._meta.db_table}")
            to.execute(f"DELETE FROM {model._meta.db_table}")
            marks = ", ".join(["%s"] * len(columns))
            to.executemany(
                f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", cursor.fetchall()
            )
        to.execute("ANALYZE")
    return lite


def case_sqlite(bench):
    """The pages of a district on SQLite: as right as on PostgreSQL, and how quick."""
    if bench.size != "district":
        return {"times": {}, "ratios": {}, "notes": ["only for a district"]}
    clients = {"PostgreSQL": people()}
    with TemporaryDirectory() as folder:
        lite = copied_to(f"{folder}/district.sqlite3", bench.main)
        clients["SQLite"] = people()
        check_page(*clients["SQLite"]["district"])

        def page(name, url="/chi-tieu/"):
            bench.on(lite if name == "SQLite" else bench.main)
            get(clients[name]["district"][0], url)

        variants = {f"{name} page": lambda name=name: page(name) for name in clients}
        variants["SQLite empty page"] = lambda: page("SQLite", "/bench/empty/")
        times = interleave(variants, bench.rounds * 2)
        lite.close()
        bench.on(bench.main)
    bases = ("PostgreSQL page", "SQLite empty page")
    return {
        "times": times,
        "ratios": {f"SQLite page / {base}": ratios(times, "SQLite page", base) for base in bases},
    }


CASES = {
    "generator": case_generator,
    "plan": case_plan,
    "statements": case_statements,
    "figures": case_figures,
    "pages": case_pages,
    "growth": case_growth,
    "totals": case_totals,
    "sqlite": case_sqlite,
    "closing": case_closing,
    "export": case_export,
    "reorganisation": case_reorganisation,
    "structures": case_structures,
}
