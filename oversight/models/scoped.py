"""Rows that belong to a unit, and who may see them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from branches.models import Organisation, within_scope
from branches.successions import ended_before_heirs


class UnitQuerySet(models.QuerySet[Any]):
    """Rows with a `unit`."""

    def for_user(self, user: User, permission: Permission = Permission.SEE) -> Self:
        """The rows of the units where today's posts of `user` allow `permission`."""
        return self.filter(within_scope(user.scope(permission), "unit__"))

    def under(self, unit: Organisation) -> Self:
        """The rows of `unit` and of everything below it."""
        return self.filter(unit__path__startswith=unit.path)


class InheritedQuerySet(UnitQuerySet):
    """Rows with a `unit` that are work to do: of a unit that ended they are its heirs' too.

    One heir gets them (`branches.hand_over`). With several they stay with the unit that ended until somebody passes
    them on, and each heir sees them.
    """

    def for_user(self, user: User, permission: Permission = Permission.SEE) -> Self:
        """The rows of the units where today's posts of `user` allow `permission`, and of those they took over from."""
        paths = user.scope(permission)
        return self.filter(within_scope(paths, "unit__") | Q(unit__in=ended_before_heirs(paths)))

    def under_or_left(self, unit: Organisation) -> Self:
        """The rows of `unit`, of everything below it, and of what these took over from."""
        return self.filter(Q(unit__path__startswith=unit.path) | Q(unit__in=ended_before_heirs([unit.path])))

    def left(self) -> Self:
        """The rows of units that ended and have successors."""
        return self.filter(unit__valid_to__isnull=False, unit__successions__isnull=False).distinct()
