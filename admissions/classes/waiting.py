"""Who waits for a class: sent by branch and base committee or left over from the last one, without a certificate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from admissions import procedure
from admissions.classes.nominating import BEFORE_THE_VOTE
from admissions.classes.steps import MISSED, SEATED, TO_CHECK
from admissions.models import AwarenessClass, Dossier, Enrolment
from admissions.models.dossier import DossierQuerySet
from admissions.states import State
from notation.dates import add_months


def oldest_valid(day: date) -> date:
    """A certificate of this day or later is valid for a branch review on `day`."""
    return add_months(day, -procedure.version_in_force(day).conditions.certificate_months)


def list_waiting(user: User, day: date) -> DossierQuerySet:
    """Those in the user's scope who wait on `day`, each with `waits_since`; the longest waiting first.

    Whoever holds a place in a class does not wait; a nomination that nobody answered before its class was over holds
    none. Whose certificate has expired waits once the branch sent the person again.
    """
    own = Enrolment.objects.filter(dossier=OuterRef("pk"))
    missed = own.filter(step__in=MISSED)
    placed = own.filter(Q(step__in=SEATED) | Q(step__in=TO_CHECK, awareness_class__last__gte=day))
    valid = oldest_valid(day)
    again = Q(class_agreed_on__gt=F("certified_on")) | Exists(
        missed.filter(awareness_class__last__gt=OuterRef("certified_on"))
    )
    first_missed = missed.order_by("nominated_on").values("nominated_on")[:1]
    rows = Dossier.objects.for_user(user).filter(
        Q(class_agreed_on__isnull=False) | Exists(missed),
        Q(certified_on=None) | (Q(certified_on__lt=valid) & again),
        ~Exists(placed),
        state__in=BEFORE_THE_VOTE,
    )
    since = Coalesce("class_agreed_on", Subquery(first_missed), output_field=DateField())
    return rows.annotate(waits_since=since).order_by("waits_since", "candidate__sort_key", "pk")


def list_expired(user: User, day: date) -> DossierQuerySet:
    """Those whose certificate is no longer valid on `day` and whom nobody has sent again; by name."""
    rows = Dossier.objects.for_user(user).filter(
        state__in=BEFORE_THE_VOTE, certified_on__lt=oldest_valid(day)
    )
    return rows.exclude(pk__in=list_waiting(user, day).order_by().values("pk")).by_name()


def too_long_before(day: date) -> date:
    """Whoever waits since before this day waits too long on `day` (the setting CLASS_WAIT_MONTHS)."""
    return add_months(day, -settings.CLASS_WAIT_MONTHS)


def keep_long_waiting(rows: DossierQuerySet, day: date) -> DossierQuerySet:
    """Of `list_waiting` those who wait too long on `day`."""
    return rows.filter(waits_since__lt=too_long_before(day))  # type: ignore[misc]  # annotated there


def waiting_since(row: Dossier) -> date:
    """Since when somebody of `list_waiting` waits."""
    return row.waits_since  # type: ignore[attr-defined]  # annotated there


@dataclass(frozen=True)
class Queue:
    """Those who wait, as one looks at the next class: how many, with a dossier under way, for too long."""

    number: int
    under_way: int
    long: int
    first: Dossier | None
    due: date | None

    @property
    def least(self) -> int:
        return int(settings.CLASS_SIZE_LEAST)

    @property
    def enough(self) -> bool:
        return self.number >= self.least


def weigh_queue(user: User, day: date, courses: Iterable[AwarenessClass] | None = None) -> Queue:
    """The queue in the user's scope on `day`; `due` is by when the next class should begin, None without a plan.

    `courses` are the classes that `user` sees, the last one first, where they have been asked for already.
    """
    rows = list(list_waiting(user, day).select_related("branch", "commune"))
    courses = AwarenessClass.objects.for_user(user) if courses is None else courses
    last = next((course for course in courses if course.first <= day), None)
    every = settings.CLASS_EVERY_MONTHS
    return Queue(
        number=len(rows),
        under_way=sum(row.state != State.LISTED for row in rows),
        long=sum(waiting_since(row) < too_long_before(day) for row in rows),
        first=rows[0] if rows else None,
        due=add_months(last.first, every) if last and every else None,
    )
