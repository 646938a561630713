"""Dossiers whose admission changed after a quarter had been closed, written by triggers: no way around them.

A trigger looks at the days before and after the change; either may lie in a quarter that is validly closed. What a
quarter's list prints of the person counts as well. SQLite loses triggers when a later migration rebuilds the dossiers
or the candidates: such a migration has to run `watch` again (a test notices).
"""

from django.db import migrations, models

COLUMNS = [
    *("candidate_id", "decision_number"),
    *("decided_on", "ceremony_on", "annulled_on", "admitted_branch_id", "admitted_commune_id", "admitted_rural"),
    *("admitted_sex", "admitted_age", "admitted_minority", "admitted_religious", "admitted_youth", "admitted_owner"),
    *("admitted_policy_breach", "admitted_foreign_spouse", "admitted_again", "admitted_occupation"),
    *("admitted_education", "admitted_qualification", "admitted_title"),
]
CLOSED = """EXISTS (SELECT 1 FROM reports_quarter q WHERE q.reopened_at IS NULL AND q.fingerprint <> '' AND ({days}))"""
POSTGRESQL_DAY = "(q.year = EXTRACT(YEAR FROM {day}) AND q.number = EXTRACT(QUARTER FROM {day}))"
SQLITE_DAY = (
    "(q.year = CAST(strftime('%Y', {day}) AS integer)"
    " AND q.number = (CAST(strftime('%m', {day}) AS integer) + 2) / 3)"
)
DAYS = ("decided_on", "ceremony_on")
OF_THE_PERSON = ("full_name", "born_on", "ethnicity_id", "religion_id")
OF_PERSON = "SELECT d.id FROM admissions_dossier d WHERE d.candidate_id = NEW.id AND {closed}"


def _closed(day, *rows):
    days = [day.format(day=f"{row}.{column}") for row in rows for column in DAYS]
    return CLOSED.format(days=" OR ".join(days))


def _changed(columns, unlike):
    return " OR ".join(f"OLD.{column} {unlike} NEW.{column}" for column in columns)


def _postgresql():
    unlike = "IS DISTINCT FROM"
    write = "INSERT INTO reports_touched (dossier_id) VALUES (NEW.id) ON CONFLICT DO NOTHING"
    person = OF_PERSON.format(closed=_closed(POSTGRESQL_DAY, "d"))
    yield (
        "CREATE FUNCTION touch_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO reports_touched (dossier_id) {person} ON CONFLICT DO NOTHING; RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER touch_person AFTER UPDATE OF {', '.join(OF_THE_PERSON)} ON admissions_candidate"
        f" FOR EACH ROW WHEN ({_changed(OF_THE_PERSON, unlike)}) EXECUTE FUNCTION touch_person()"
    )
    for name, rows in (("touch_changed", ("OLD", "NEW")), ("touch_new", ("NEW",))):
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {_closed(POSTGRESQL_DAY, *rows)} THEN {write}; END IF; RETURN NULL; END $$"
        )
    yield (
        f"CREATE TRIGGER touch_changed AFTER UPDATE OF {', '.join(COLUMNS)} ON admissions_dossier FOR EACH ROW"
        f" WHEN ({_changed(COLUMNS, unlike)}) EXECUTE FUNCTION touch_changed()"
    )
    yield (
        "CREATE TRIGGER touch_new AFTER INSERT ON admissions_dossier FOR EACH ROW"
        " WHEN (NEW.decided_on IS NOT NULL) EXECUTE FUNCTION touch_new()"
    )


def _sqlite():
    write = "INSERT OR IGNORE INTO reports_touched (dossier_id) VALUES (NEW.id)"
    person = OF_PERSON.format(closed=_closed(SQLITE_DAY, "d"))
    yield (
        f"CREATE TRIGGER touch_person AFTER UPDATE OF {', '.join(OF_THE_PERSON)} ON admissions_candidate"
        f" WHEN {_changed(OF_THE_PERSON, 'IS NOT')}"
        f" BEGIN INSERT OR IGNORE INTO reports_touched (dossier_id) {person}; END"
    )
    yield (
        f"CREATE TRIGGER touch_changed AFTER UPDATE OF {', '.join(COLUMNS)} ON admissions_dossier"
        f" WHEN ({_changed(COLUMNS, 'IS NOT')}) AND {_closed(SQLITE_DAY, 'OLD', 'NEW')} BEGIN {write}; END"
    )
    yield (
        "CREATE TRIGGER touch_new AFTER INSERT ON admissions_dossier"
        f" WHEN NEW.decided_on IS NOT NULL AND {_closed(SQLITE_DAY, 'NEW')} BEGIN {write}; END"
    )


def watch(apps, schema_editor):
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0011_saved_dossier_lists"),
        ("admissions", "0009_fewer_indexes"),
    ]
    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="admissions.dossier",
                    ),
                )
            ],
            options={"verbose_name": "hồ sơ đổi sau khi khóa quý"},
        ),
        migrations.RunPython(watch, migrations.RunPython.noop),
    ]
