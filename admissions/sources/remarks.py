"""Whom somebody helps, what they have to remark and until when, and who helps more people than one can.

The period is a setting: no central form asks for one (docs/domain.md, 2.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from accounts.models import User
from admissions.models import Dossier
from admissions.rules import helpers_gone, helping
from admissions.rules.helpers_gone import GoneMember
from admissions.workflow.acts.listing import HELPED
from branches.models import Organisation
from notation.dates import add_months, today
from notation.vietnamese import fold


@dataclass(frozen=True)
class Helped:
    """Somebody who is helped today, on the list or on probation: who helped from when, and what they remarked."""

    dossier: Dossier
    helps: list[helping.Help]
    remarks: list[helping.Remark]

    @property
    def key(self) -> tuple[int, str]:
        """Who helps: the base organisation and the name without marks, for a name is all that is kept."""
        return self.dossier.commune_id, fold(self.dossier.helper)

    @property
    def former(self) -> list[helping.Help]:
        """The former helpers who left no remark."""
        return helping.former_without_remark(self.helps, self.remarks)

    def lacks_remark(self, day: date) -> bool:
        """Whether a remark is missing in the period of `day`; none is asked of who was listed in its last month."""
        if not settings.HELPER_REMARK_MONTHS:
            return False
        first, last = remark_period(day)
        asked = self.helps[0].since <= add_months(last + timedelta(days=1), -1)
        return asked and not any(first <= row.on <= last for row in self.remarks)


def remark_period(day: date) -> tuple[date, date]:
    """(first, last day) of the period in which a helper remarks once, counted from January."""
    months = settings.HELPER_REMARK_MONTHS or 12
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, min(add_months(first, months), date(day.year + 1, 1, 1)) - timedelta(days=1)


def list_helped(user: User, unit: Organisation) -> list[Helped]:
    """Everyone at `unit` whom `user` may see and whom a member helps today, by name."""
    rows = Dossier.objects.for_user(user).under(unit).filter(state__in=HELPED).exclude(helper="")
    dossiers = list(rows.for_list().by_name())
    told = helping.events_of_helping(dossiers)
    return [
        Helped(row, helping.helpers_over_time(row, told[row.pk]), helping.remarks_of(told[row.pk]))
        for row in dossiers
    ]


@dataclass(frozen=True)
class Helper:
    """A member who helps: the name as it is written, the base organisation, and whom they help today.

    `gone` are the members of that name who left, died or moved away since: perhaps the same person, for a reader to
    look at. Of those in `visible` the reader may open the dossier.
    """

    name: str
    unit: Organisation
    helped: list[Helped]
    gone: list[GoneMember]
    visible: frozenset[int] = frozenset()

    @property
    def place(self) -> str:
        """The branches of those whom they help, and the base organisation."""
        names = dict.fromkeys(row.dossier.branch.short_name for row in self.helped)
        return ", ".join(dict.fromkeys([*names, self.unit.short_name]))

    @property
    def overloaded(self) -> bool:
        return len(self.helped) > settings.HELPER_LOAD

    @property
    def lacking(self) -> list[Helped]:
        """Those of whom they have yet to remark in this period."""
        return [row for row in self.helped if row.lacks_remark(today())]


def list_helpers(user: User, helped: Iterable[Helped]) -> list[Helper]:
    """The helpers of `helped`, the busiest first."""
    rows: dict[tuple[int, str], list[Helped]] = {}
    for row in helped:
        rows.setdefault(row.key, []).append(row)
    gone = helpers_gone.list_gone(_place_of(group) for group in rows.values())
    found = [one.dossier.pk for ones in gone.values() for one in ones]
    visible = (
        Dossier.objects.for_user(user).filter(pk__in=found).values_list("pk", flat=True) if found else ()
    )
    helpers = [
        Helper(group[0].dossier.helper, group[0].dossier.commune, group, gone[key], frozenset(visible))
        for key, group in rows.items()
    ]
    return sorted(helpers, key=lambda row: (-len(row.helped), fold(row.name), row.unit.pk))


def _place_of(group):
    first = group[0].dossier
    branches = frozenset(row.dossier.branch_id for row in group)
    since = min(row.helps[-1].since for row in group)
    return helpers_gone.Place(first.helper, first.commune_id, branches, since)
