"""Biểu 10-TCTW of 2012, part II: what the branches did for admission in a period, beside the admissions themselves.

It is counted in the register as it is now; a closing keeps none of it.
"""

from collections.abc import Callable
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.choices import Decider, Leaving
from admissions.models import Dossier
from admissions.models.deciding_body import DecidingBody
from branches.models import Organisation
from notation.dates import dmy, today
from reports.closing.source import Source
from reports.exports import party_layout
from reports.exports.document import Column, Document, Row, Table, make_share
from reports.exports.form_sets import find_form_set
from reports.figures import chain_steps, figures
from reports.periods import Period

TITLE = gettext_lazy("Biểu 10-TCTW, phần II: công tác kết nạp đảng viên")


def count_part_two(unit: Organisation, period: Period) -> dict[str, int]:
    """{key of a row: number} of a unit and period."""
    taken = {
        key: chain_steps.list_takers(unit, period, chain_steps.BY_KEY[key]).count()
        for key in ("official", "listed", "certified")
    }
    left = Dossier.objects.under(unit).filter(
        left_on__range=period.days, left_how=Leaving.NOT_RECOGNISED, annulled_on=None
    )
    bases = Organisation.objects.under(unit).communes().on(min(period.last, today()))
    admitting = figures.admissions_in(period).values("admitted_commune")
    authorised = DecidingBody.objects.on(period.last).filter(decider=Decider.AUTHORISED, unit__in=bases)
    return taken | {
        "not_recognised": left.count(),
        "without_admission": bases.exclude(pk__in=admitting).count(),
        "authorised": authorised.values("unit").distinct().count(),
    }


def make_form_10(source: Source) -> Document:
    """The form of the units of `source`; a period of a set without this part has no rows."""
    before = source.year_before()
    now = _sum(source)
    past = _sum(replace(before, group=source.group)) if before else None
    columns = (
        Column("no", _("TT"), 8),
        Column("label", _("Tiêu chí"), 62),
        Column("now", _("Kỳ này"), 16, "number"),
        Column("before", _("Cùng kỳ năm trước"), 16, "number"),
        Column("compared", _("So sánh (%)"), 16, "percent"),
    )
    form = find_form_set(source.period.last)
    rows = [
        Row(
            (
                row.no,
                str(row.label),
                now[row.key],
                past and past[row.key],
                make_share("now", "before", now[row.key], past and past[row.key]),
            )
        )
        for row in form.part_two
    ]
    table = Table("form_10", _("Biểu 10, phần II"), columns, tuple(rows), signed=True, form=form.form_10)
    return Document(
        title=str(TITLE),
        units=source.group.title,
        place=place_and_day(source),
        day=source.period.last,
        tables=(table,),
        issuer=party_layout.issuer_of(source.group),
    )


def _sum(source):
    counts = [count_part_two(unit, source.period) for unit in source.group.units]
    return {key: sum(count[key] for count in counts) for key in counts[0]}


def place_and_day(source: Source) -> str:
    """Which units and days are counted, and on which day."""
    words = _("%(unit)s, từ %(first)s đến %(last)s. Lập ngày %(today)s theo sổ hiện tại.") % {
        "unit": source.group.title,
        "first": dmy(source.period.first),
        "last": dmy(source.period.last),
        "today": dmy(today()),
    }
    form = find_form_set(source.period.last)
    if form.part_two:
        return words
    return f"{words} {_('Bộ mẫu thống kê của kỳ này không có phần công tác kết nạp.')}"


DOCUMENTS: dict[str, tuple[str | Promise, Callable[[Source], Document]]] = {"bieu-10": (TITLE, make_form_10)}
