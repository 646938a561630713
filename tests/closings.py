"""What tests of closed quarters share: an annulment, all that a closing keeps, and that it holds."""

from datetime import date

from openpyxl import load_workbook

from admissions import workflow
from admissions.models import Dossier
from branches.models import Organisation
from reports import periods
from reports.closing import adjustments, proof, reading
from reports.figures import figures
from reports.measures import MEASURES
from reports.models.closing import ClosedAdmission, QuarterClosing, UnitTotals


def annul(row, by, on=date(2017, 2, 20)):
    facts = {"kind": "criteria", "number": "không số", "reason": "sai tiêu chuẩn"}
    workflow.perform(Dossier.objects.get(pk=row.pk), "annul", by=by, on=on, **facts)


def frozen(closing):
    """Every value that a closing keeps."""
    return (
        list(ClosedAdmission.objects.filter(quarter=closing).order_by("pk").values()),
        list(UnitTotals.objects.filter(quarter=closing).order_by("pk").values()),
        QuarterClosing.objects.values("fingerprint", "adjusted", "closed_at").get(pk=closing.pk),
    )


def cells(path):
    """{sheet: its values} of a workbook, formulas and kept values both."""
    return [
        {
            sheet.title: list(sheet.iter_rows(values_only=True))
            for sheet in load_workbook(path, data_only=kept)
        }
        for kept in (True, False)
    ]


def holds(closing):
    """closed + adjustments = live, for every unit and measure, in two ways."""
    period = periods.quarter_period(closing.year, closing.number)
    for unit in Organisation.objects.all():
        live = figures.count_unit(unit, period, MEASURES.values())
        then, net = reading.closed_totals(closing, unit), adjustments.net_adjustments(closing, unit)
        assert {key: then[key] + net[key] for key in MEASURES} == live, unit
    found = proof.prove_closing(closing)
    assert found.holds, found
    assert adjustments.adjustments_of(closing) == adjustments.adjustments_of(closing, among=None), (
        "the database saw every change"
    )
