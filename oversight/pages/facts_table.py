"""Figures of a unit as of a day, each with the address that opens what it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Organisation
from notation.numbers import NOTHING, format_number
from oversight.facts import GROUPS, Number, year_until
from oversight.models import Visit
from reports import links, periods


@dataclass(frozen=True)
class Cell:
    """A number in words and what it opens; "" where it opens nothing."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...]


def fact_people_url(unit: Organisation, key: str, day: date) -> str:
    """The list of the people behind a figure of `facts.GROUPS`."""
    return f"{reverse('oversight:visit_people')}?don-vi={unit.pk}&so={key}&ngay={day:%Y-%m-%d}"


def fact_labels(day: date) -> dict[str, str]:
    """{key of a figure: its name} as of `day`, in the order of the page."""
    year = {"year": day.year}
    labels = {
        "members": _("Đảng viên"),
        "quota": _("Chỉ tiêu %(year)d") % year,
        "admitted_before": _("Kết nạp %(year)d") % {"year": day.year - 1},
        "admitted": _("Kết nạp %(year)d") % year,
    }
    labels |= {key: str(group.label) for key, group in GROUPS.items()}
    return labels | {"silent": _("Chi bộ 8 quý không kết nạp")}


def fact_url(unit: Organisation, key: str, day: date) -> str:
    """What the figure `key` of `unit` opens, its people wherever it counts people of the register."""
    if key in GROUPS:
        return fact_people_url(unit, key, day)
    quarter = periods.preceding_quarter(periods.quarter_of_day(day))
    year = periods.year_period(day.year)
    return {
        "members": f"{reverse('reports:movements')}?don-vi={unit.pk}&ky={quarter.code}",
        "quota": links.quotas_url(unit, year),
        "admitted_before": links.figure_url(unit, periods.year_period(day.year - 1)),
        "admitted": links.figure_url(unit, year_until(day)),
        "silent": links.silent_url(unit, year_until(day)),
    }[key]


def fact_cell(unit: Organisation, key: str, day: date, facts: dict[str, Number]) -> Cell:
    """One figure of `facts` (`facts.read_facts`); silent branches stand over all, and a branch has none."""
    number = facts.get(key)
    if key == "silent" and (unit.is_branch or number is None):
        return Cell(NOTHING)
    words = format_number(number)
    url = fact_url(unit, key, day) if number else ""
    return Cell(f"{words}/{format_number(facts['branches'])}" if key == "silent" else words, url)


def visit_lines(visit: Visit) -> list[Line]:
    """The figures of a visit, of what was visited and of its base organisation, as they were taken down."""
    commune = visit.unit.base_organisation
    columns = (
        [(visit.unit, "unit")]
        if commune.pk == visit.unit_id
        else [(visit.unit, "unit"), (commune, "commune")]
    )
    taken: dict[str, Any] = visit.facts
    lines = []
    for key, label in fact_labels(visit.day).items():
        if key in taken:
            by_column = {where: {name: row[where] for name, row in taken.items()} for _unit, where in columns}
            cells = (fact_cell(unit, key, visit.day, by_column[where]) for unit, where in columns)
            lines.append(Line(label, tuple(cells)))
    return lines
