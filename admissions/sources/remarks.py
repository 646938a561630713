"""Whom somebody helps, what they have to remark and until when, and who helps more people than one can.

The period is a setting: no central form asks for one (docs/domain.md, 2.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from admissions.models import Dossier
from admissions.rules import helping
from admissions.states import GONE, State
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

    `gone` are dossiers of the same name in that base organisation whose member left, died or moved away: perhaps the
    same person, for a reader to look at.
    """

    name: str
    unit: Organisation
    helped: list[Helped]
    gone: list[Dossier]

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
    gone = _members_gone(user, rows.keys())
    helpers = [
        Helper(group[0].dossier.helper, group[0].dossier.commune, group, gone.get(key, []))
        for key, group in rows.items()
    ]
    return sorted(helpers, key=lambda row: (-len(row.helped), fold(row.name), row.unit.pk))


def _members_gone(user, keys):
    """{(base organisation, folded name): dossiers} of members of that name who are no longer there."""
    names = {name for _unit, name in keys}
    rows = Dossier.objects.for_user(user).filter(
        state__in=(State.LEFT, *GONE),
        candidate__search_name__in=names,
        commune__in={unit for unit, _name in keys},
    )
    gone: dict[tuple[int, str], list[Dossier]] = {}
    members = Q(decided_on__isnull=False) | Q(elsewhere_on__isnull=False)
    for row in rows.filter(members).for_list().order_by("year", "serial"):
        gone.setdefault((row.commune_id, row.candidate.search_name), []).append(row)
    return gone
