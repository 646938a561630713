"""What a closing stores, and that it never changes."""

import random
from contextlib import suppress
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Candidate, Dossier, Ethnicity
from branches.models import Organisation
from reports import periods
from reports.closing import adjustments, reading
from reports.exports import form_2 as report
from reports.exports import make
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ClosedAdmission, QuarterClosing, UnitTotals
from tests import factories
from tests.closings import annul, cells, frozen, holds

pytestmark = pytest.mark.django_db
Q4 = periods.quarter_period(2016, 4)
COLUMNS = {QuarterClosing: "fingerprint = 'x'", ClosedAdmission: "full_name = 'x'", UnitTotals: "own = '{}'"}


def test_a_closing_keeps_each_admission_and_the_totals_of_every_unit_at_every_level(shut):
    assert list(ClosedAdmission.objects.values_list("full_name", flat=True).order_by("sort_key")) == [
        "Trần Thị Ánh",
        "Đỗ Thị Thanh Bình",
        "Vũ Thị Dung",
        "Lê Văn Đạt",
    ]
    for unit in Organisation.objects.all():
        assert {
            key: reading.closed_totals(shut.closing, unit)[key] for key in MEASURES
        } == figures.count_unit(unit, Q4, MEASURES.values())
    holds(shut.closing)


def test_the_fingerprint_is_that_of_the_documented_listing(shut):
    import hashlib

    lines = ["2016-q4\x1fdecision"]
    for row in ClosedAdmission.objects.order_by("year", "serial"):
        flags = [getattr(row, f"admitted_{name}") for name in ("minority", "religious", "youth", "owner")]
        flags += [row.admitted_policy_breach, row.admitted_foreign_spouse, row.admitted_again]
        lines.append(
            "\x1f".join(
                [
                    str(row.year),
                    str(row.serial),
                    row.decision_number,
                    row.full_name,
                    f"{row.born_on}",
                    row.ethnicity,
                    row.religion,
                    row.admitted_branch.code,
                    row.admitted_commune.code,
                    f"{row.decided_on}",
                    f"{row.ceremony_on}" if row.ceremony_on else "",
                    str(int(row.admitted_rural)),
                    row.admitted_sex,
                    str(row.admitted_age),
                    *(str(int(flag)) for flag in flags),
                    row.admitted_occupation,
                    row.admitted_education,
                    row.admitted_qualification,
                    row.admitted_title,
                    str(int(row.admitted_demobilised)),
                ]
            )
        )
    text = "".join(f"{line}\n" for line in lines)
    assert hashlib.sha256(text.encode()).hexdigest() == shut.closing.fingerprint


def edit_at_random(place, chance):
    """One change of the register by any way there is; some are refused, which is as well."""
    row = chance.choice(Dossier.objects.filter(decided_on__isnull=False).order_by("pk"))
    mine = Dossier.objects.filter(pk=row.pk)
    act = chance.choice(
        ("out", "date", "branch", "person", "annul", "late", "end", "delete", "facts", "tell")
    )
    if act == "out":
        mine.update(decided_on=date(2017, 2, chance.randint(1, 9)), ceremony_on=None)
    elif act == "date":
        day = chance.choice((None, date(2017, 2, 20)))
        mine.update(ceremony_on=day, decision_number=f"{chance.random()}")
    elif act == "branch":
        branch = chance.choice((place.school, place.far, place.rural))
        mine.update(admitted_branch=branch, admitted_commune=branch.parent, admitted_rural=branch.rural)
    elif act == "person":
        group = chance.choice(Ethnicity.objects.order_by("pk"))
        mine.update(admitted_ethnicity=group)
        Candidate.objects.filter(dossiers=row).update(full_name=f"Người {chance.random()}")
    elif act == "annul" and row.annulled_on is None:
        annul(row, place.leader)
    elif act == "late":
        with suppress(Refused), transaction.atomic():
            factories.admitted(
                place.school, place.staff, on=date(2016, 12, chance.randint(1, 30)), exception="nộp muộn"
            )
    elif act == "end":
        unit = chance.choice((place.far, place.other, place.school))
        Organisation.objects.filter(pk=unit.pk).update(valid_to=date(2016, 1, chance.randint(1, 30)))
    elif act == "delete":
        with pytest.raises((TypeError, DatabaseError)), transaction.atomic():
            chance.choice((ClosedAdmission, UnitTotals, QuarterClosing)).objects.first().delete()
    elif act == "facts":
        mine.update(admitted_age=chance.randint(17, 70), admitted_sex=chance.choice(("male", "female")))
    else:
        workflow.reveal_citizen_id(Dossier.objects.get(pk=row.pk), by=place.staff)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_edits_leave_every_value_of_the_closed_workbook_equal(shut, tmp_path, seed):
    chance, before = random.Random(seed), frozen(shut.closing)
    units = ([shut.root], [shut.home], [shut.far], [shut.home, shut.other])
    for n, unit in enumerate(units):
        make.write_file(tmp_path / f"a{n}.xlsx", unit, Q4)
    for _n in range(200):
        edit_at_random(shut, chance)
    assert frozen(shut.closing) == before
    for n, unit in enumerate(units):
        make.write_file(tmp_path / f"b{n}.xlsx", unit, Q4)
        assert cells(tmp_path / f"b{n}.xlsx") == cells(tmp_path / f"a{n}.xlsx")
    assert {row.kind for row in adjustments.adjustments_of(shut.closing)} >= {"added", "removed"}
    holds(shut.closing)


def test_units_that_ended_since_still_show(shut):
    Organisation.objects.filter(pk=shut.other.pk).update(valid_to=date(2016, 2, 1))
    _total, rows = report.unit_lines(factories.source(Q4, shut.root))
    assert shut.other in [row.unit for row in rows]


@pytest.mark.parametrize("model", [QuarterClosing, ClosedAdmission, UnitTotals])
def test_neither_the_model_nor_the_database_lets_a_row_change_or_go(shut, model):
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=1)):
        with pytest.raises(TypeError):
            attempt()
    table = model._meta.db_table
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {COLUMNS[model]}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
