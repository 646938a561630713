"""What has changed in a number since the quarters in it were closed: "268 khi khóa, −1" beside the 267 of today."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.today import Heirs, ids_in, is_today
from notation.numbers import format_number, format_signed
from reports import links
from reports.closing.province import Closings, changed_facts, split_by_closings
from reports.figures.placing import heirs_for
from reports.measures import ADMITTED, Measure, meets_condition
from reports.models.closing import ChangedSinceClosing, QuarterClosing
from reports.periods import Period


@dataclass(frozen=True)
class Since:
    """By how much a number differs from what was closed, never 0; `url` leads to the adjustments.

    `whole` says that closed quarters make up the whole period: only then was its number closed at all.
    """

    net: int
    whole: bool
    url: str

    def in_words(self, now: int) -> str:
        """ "268 khi khóa, −1" of a number that is 267 `now`; "−1 sau khi khóa" where a part of its days is open."""
        values = {"net": format_signed(self.net), "then": format_number(now - self.net)}
        return (_("%(then)s khi khóa, %(net)s") if self.whole else _("%(net)s sau khi khóa")) % values


@dataclass(frozen=True)
class AsClosed:
    """What a closing kept of a number that is another one now: "268 khi khóa, −1"; `url` leads to its people, "" where
    it counts none."""

    words: str
    url: str


def compare_with_closing(now: int | None, then: int | None, url: str) -> AsClosed | None:
    """The `AsClosed` of a number; None where it is what was closed. None as a number is "–"."""
    if now == then:
        return None
    if now is None or then is None:
        return AsClosed(_("%(then)s khi khóa") % {"then": format_number(then)}, url if then else "")
    words = _("%(then)s khi khóa, %(net)s")
    values = {"net": format_signed(now - then), "then": format_number(then)}
    return AsClosed(words % values, url if then else "")


@dataclass(frozen=True)
class Changes:
    """The dossiers that changed since a closing, as `province.changed_facts` gives them, with where they count."""

    closings: Closings
    touched: tuple[tuple[dict, tuple[str, ...], tuple[int, int], int], ...] = ()

    def since(self, unit: Organisation, period: Period, measure: Measure = ADMITTED) -> Since | None:
        """The `Since` of one number of `unit`; None where it is what was closed, or nothing of `period` is."""
        if not self.touched:
            return None
        quarters, still_open = split_by_closings(period, self.closings)
        nets: dict[tuple[int, int], int] = {}
        for facts, paths, quarter, sign in self.touched:
            if (
                quarter in quarters
                and any(path.startswith(unit.path) for path in paths)
                and meets_condition(measure.condition, facts)
            ):
                nets[quarter] = nets.get(quarter, 0) + sign
        net = sum(nets.values())
        if not net:
            return None
        last = max(quarter for quarter, n in nets.items() if n)
        return Since(net, not still_open, links.adjustments_url(unit, *last))


def read_changes(unit: Organisation, closings: Closings | None = None) -> Changes:
    """The `Changes` at or under `unit`; one statement while nothing has changed.

    `closings` are those of `QuarterClosing.objects.by_quarter()` where they have been asked for already.
    """
    if not ChangedSinceClosing.objects.exists():
        return Changes({})
    closings = QuarterClosing.objects.by_quarter() if closings is None else closings
    heirs = heirs_for(unit) or Heirs()
    rows = changed_facts(closings, None if is_today(unit) else unit)
    return Changes(
        closings,
        tuple(
            (facts, heirs.places_of(ids_in(path)[-1], path), quarter, sign)
            for facts, path, quarter, sign in rows
        ),
    )
