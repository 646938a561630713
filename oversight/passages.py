"""What is typed over the sections of the written report: kept beside what was there, the latest holds."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from branches.models import Organisation
from notation.stale import normalise_lines
from oversight.models import ReportPassage
from reports.exports.wording import report_text_of
from reports.periods import Period

Section = ReportPassage.Section
FROM_REPORT_TEXT = {Section.CAUSES: "difficulties", Section.TASKS: "tasks"}
"""Sections that take what was typed for the report of figures, where nothing else was typed."""


def typed_passages(unit: Organisation, period: Period) -> dict[str, ReportPassage]:
    """{section: what was typed last} of a unit's report; an empty text leaves the section to the figures."""
    rows = ReportPassage.objects.filter(unit=unit, period=period.code).select_related("by")
    return {row.section: row for row in rows.order_by("pk")}


def typed_text(unit: Organisation, period: Period) -> dict[str, str]:
    """{section: text} that stands in the report instead of the figures' own words."""
    texts = {section: row.text for section, row in typed_passages(unit, period).items()}
    former = report_text_of(unit, period)
    for section, column in FROM_REPORT_TEXT.items():
        if former is not None and section not in texts:
            texts[section] = getattr(former, column)
    return {section: text for section, text in texts.items() if text}


@transaction.atomic
def keep_passages(
    unit: Organisation, period: Period, texts: Mapping[str, str], *, by: User
) -> list[ReportPassage]:
    """Keep those of `texts` ({section: text}) that differ from what stands; the same words are no new version.

    Raises `PermissionDenied`.
    """
    if not by.may(Permission.EXPORT, unit):
        raise PermissionDenied
    standing = {section: row.text for section, row in typed_passages(unit, period).items()}
    return [
        ReportPassage.objects.create(unit=unit, period=period.code, section=section, text=text, by=by)
        for section, text in ((key, normalise_lines(text).strip()) for key, text in texts.items())
        if text != standing.get(section, "")
    ]
