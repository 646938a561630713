"""Who follows which commune: members of the standing committee, and work teams."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from branches.models import Organisation, holds_on
from oversight.models.scoped import UnitQuerySet


class SpanQuerySet(models.QuerySet[Any]):
    """Rows that hold from `since` to `until`, both included."""

    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(holds_on(day))


class UnitSpanQuerySet(UnitQuerySet):
    """Rows with a `unit` that hold from `since` to `until`, both included."""

    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(holds_on(day))


class Span(models.Model):
    """Something that holds from `since` to `until`, both included; `until` is None while nobody has ended it."""

    since = models.DateField(gettext_lazy("Từ ngày"))
    until = models.DateField(gettext_lazy("Đến hết ngày"), null=True, blank=True)

    class Meta:
        abstract = True


def ends_in_time(name: str) -> models.CheckConstraint:
    """The constraint `name` that a `Span` does not end before it begins."""
    return models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name=name)


class Follower(Span):
    """A member of the standing committee who follows the base organisation `unit`.

    The post of the same days lets them in.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="follows")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="followers")
    basis = models.CharField(gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)

    objects = UnitSpanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("ủy viên phụ trách")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "since"], name="follower_once"),
            ends_in_time("follower_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.user}, {self.unit}"


class Team(Span):
    """A work team of the district `unit`: "Tổ công tác số 3"."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    number = models.PositiveSmallIntegerField(gettext_lazy("Tổ số"))
    basis = models.CharField(gettext_lazy("Căn cứ (số, ngày văn bản)"), max_length=200)

    objects = UnitSpanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("tổ công tác")
        ordering = ["number", "since"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number", "since"], name="team_once"),
            ends_in_time("team_ends_after_it_begins"),
        ]

    def __str__(self):
        return str(gettext_lazy("Tổ công tác số %(n)d") % {"n": self.number})


class TeamMember(Span):
    """Someone in a team for a time; one of them is its head."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="teams")
    head = models.BooleanField(gettext_lazy("Tổ trưởng"), default=False)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("thành viên tổ")
        ordering = ["-head", "since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "user", "since"], name="team_member_once"),
            ends_in_time("team_member_ends_after_beginning"),
        ]

    def __str__(self):
        return f"{self.user}, {self.team}"


class TeamUnit(Span):
    """A base organisation that a team visits, for a time."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="team_units")

    objects = UnitSpanQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("địa bàn của tổ")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "unit", "since"], name="team_unit_once"),
            ends_in_time("team_unit_ends_after_beginning"),
        ]

    def __str__(self):
        return f"{self.team}, {self.unit}"
