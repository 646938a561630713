"""Who is in charge of a unit and who works for it in the register, from when to when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Post, User
from accounts.roles import Permission, Role
from branches.models import Organisation, Tier
from notation.dates import dmy
from notation.numbers import format_number
from oversight.models import Follower, TeamMember, TeamUnit

ASSIGNED = (Role.FOLLOWER, Role.WORK_TEAM)
"""The roles that an assignment brings: whoever holds one is in charge of the unit and none of its users."""
NAMED = 4
"""How many units a sentence names."""


@dataclass(frozen=True)
class Charge:
    """Somebody in charge: for what, who, the address of what they do, "" without one, and the days."""

    what: str
    who: str
    url: str
    since: date
    until: date | None

    def over(self, day: date) -> bool:
        return self.until is not None and self.until < day

    @property
    def span(self) -> str:
        """ "09/2015 – nay", "08/2010 – 08/2015"."""
        last = f"{self.until:%m/%Y}" if self.until else _("nay")
        return f"{self.since:%m/%Y} – {last}"


def list_charges(user: User, unit: Organisation, day: date) -> list[Charge]:
    """Who follows the base organisation of `unit`, and which team visits it: those of `day`, then who was before."""
    if unit.tier in (Tier.PROVINCE, Tier.DISTRICT):
        return []
    base = unit.base_organisation
    oversees = user.may(Permission.OVERSEE, base)
    rows = [
        Charge(
            _("Ủy viên phụ trách"),
            row.user.full_name,
            reverse("oversight:followed_by", args=[row.user_id]) if oversees and row.until is None else "",
            row.since,
            row.until,
        )
        for row in Follower.objects.filter(unit=base, since__lte=day).select_related("user")
    ]
    given = TeamUnit.objects.filter(unit=base, since__lte=day).select_related("team")
    heads = TeamMember.objects.on(day).filter(team__in=given.values("team"), head=True).select_related("user")
    head_of = {row.team_id: row.user.full_name for row in heads}
    rows += [
        Charge(
            str(row.team),
            head_of.get(row.team_id, ""),
            reverse("oversight:team", args=[row.team_id]) if oversees else "",
            row.since,
            row.until,
        )
        for row in given
    ]
    return sorted(
        rows, key=lambda row: (row.over(day), -(row.since.toordinal()) if row.over(day) else 0, row.what)
    )


@dataclass(frozen=True)
class UnitUser:
    """Somebody who works for the unit in the register: the role in words, with its end where one is set."""

    name: str
    words: str
    ending: bool


def list_users(unit: Organisation, day: date) -> list[UnitUser]:
    """The users with a post at `unit` itself on `day`, by role and name."""
    posts = Post.objects.on(day).filter(unit=unit).exclude(role__in=ASSIGNED).select_related("user")
    rows = sorted(posts, key=lambda post: (list(Role).index(Role(post.role)), post.user.full_name))
    return [
        UnitUser(
            post.user.full_name,
            ", ".join(
                filter(
                    None,
                    [
                        post.get_role_display(),
                        _("đến %(day)s") % {"day": dmy(post.until)} if post.until else "",
                    ],
                )
            ),
            post.until is not None,
        )
        for post in rows
    ]


def describe_users_below(unit: Organisation, day: date) -> str:
    """How many more work for the units under `unit`, and for which; "" where nobody does."""
    posts = Post.objects.on(day).filter(unit__path__startswith=unit.path).exclude(unit=unit)
    rows = posts.exclude(role__in=ASSIGNED).select_related("unit")
    units = {post.unit_id: post.unit for post in rows}
    number = len({post.user_id for post in rows})
    if not number:
        return ""
    names = [row.short_name for row in sorted(units.values(), key=lambda row: row.place_in_tables)]
    told = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    words = ngettext(
        "Còn %(n)s người dùng của đơn vị trực thuộc: %(units)s.",
        "Còn %(n)s người dùng của đơn vị trực thuộc: %(units)s.",
        number,
    )
    return words % {"n": format_number(number), "units": told}
