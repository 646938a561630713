"""A unit that ends hands over what it has to the units that take over from it, in one transaction.

What there is to hand over lies in the apps above: each offers a function, and `settings.HANDED_OVER_BY` names them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from branches.models import Organisation, Succession
from notation.dates import dmy, today
from notation.vietnamese import clean

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """`old` ended on the day before `on`; `heirs` took over on the ground of `basis`, number and date of a decision.

    One heir gets everything. Of several each gets what is chosen for it: `dossiers` and `posts` are {primary key:
    heir}, `heads` {primary key of an heir: how much of the rest of the year's quota}. What nobody chose stays where it
    is and may be handed over later, by another call.
    """

    old: Organisation
    heirs: tuple[Organisation, ...]
    on: date
    basis: str
    dossiers: Mapping[int, Organisation] = field(default_factory=dict)
    posts: Mapping[int, Organisation] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The last day of `old`."""
        return self.on - timedelta(days=1)

    @property
    def only_heir(self) -> Organisation | None:
        return self.heirs[0] if len(self.heirs) == 1 else None

    def heir_of(self, pk: int, chosen: Mapping[int, Organisation]) -> Organisation | None:
        """Who gets the row `pk`, None while nobody has chosen."""
        return self.only_heir or chosen.get(pk)


@dataclass(frozen=True)
class Handed:
    """How many rows of `what` were handed over, and how many are left without an heir."""

    what: str
    moved: int
    left: int


@transaction.atomic
def hand_over_unit(hand_over: HandOver, *, by: "_User") -> list[Handed]:
    """End a unit, write its successions, and hand over what it has. Raises `ValidationError`, `PermissionDenied`."""
    old = hand_over.old
    if not by.may("change_units", old.parent or old):  # type: ignore[attr-defined]  # accounts.User
        raise PermissionDenied
    _check(hand_over)
    if old.valid_to is None:
        old.valid_to = hand_over.last
        old.save()
    for heir in hand_over.heirs:
        facts = {"on": hand_over.on, "basis": clean(hand_over.basis)}
        Succession.objects.get_or_create(predecessor=old, successor=heir, defaults=facts)
    return [import_string(name)(hand_over, by=by) for name in settings.HANDED_OVER_BY]


def _check(hand_over):
    """Raise `ValidationError` unless the unit can end that day and the heirs can take over."""
    old, on = hand_over.old, hand_over.on
    facts = {"unit": old.title, "day": dmy(on)}
    if on > today():
        raise ValidationError(_("%(day)s chưa tới.") % facts)
    if not clean(hand_over.basis):
        raise ValidationError(_("Cần số và ngày của quyết định làm căn cứ."))
    if not old.exists_on(hand_over.last) or old.valid_to not in (None, hand_over.last):
        raise ValidationError(_("%(unit)s không kết thúc vào ngày trước %(day)s.") % facts)
    if old.children.on(on).exists():
        raise ValidationError(
            _("%(unit)s còn đơn vị trực thuộc sau ngày %(day)s; kết thúc các đơn vị ấy trước.") % facts
        )
    if not hand_over.heirs:
        raise ValidationError(_("%(unit)s chưa có đơn vị kế tục.") % facts)
    for heir in hand_over.heirs:
        if heir.pk == old.pk or not heir.exists_on(on):
            raise ValidationError(_("%(unit)s không có vào ngày %(day)s.") % (facts | {"unit": heir.title}))
    for heir in (*hand_over.dossiers.values(), *hand_over.posts.values()):
        if not any(heir.path.startswith(one.path) for one in hand_over.heirs):
            words = _("%(heir)s không kế tục %(unit)s.")
            raise ValidationError(words % (facts | {"heir": heir.title}))
