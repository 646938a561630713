"""Rows that belong to a unit, and who may see them."""

from typing import Any, Self

from django.db import models

from accounts.models import User
from accounts.roles import Permission
from branches.models import Organisation, within_scope


class UnitQuerySet(models.QuerySet[Any]):
    """Rows with a `unit`."""

    def for_user(self, user: User, permission: Permission = Permission.SEE) -> Self:
        """The rows of the units where today's posts of `user` allow `permission`."""
        return self.filter(within_scope(user.scope(permission), "unit__"))

    def under(self, unit: Organisation) -> Self:
        """The rows of `unit` and of everything below it."""
        return self.filter(unit__path__startswith=unit.path)
