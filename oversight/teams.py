"""Who follows a commune, and who is in which team, from when to when; posts of the same days give them their scope.

Every change leaves a line in the log.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Post, User
from accounts.roles import Permission, Role
from admissions.catalogues.rights import log_change
from admissions.exceptions import Refused
from branches.models import Organisation, Tier
from branches.successions import describe_absence
from notation.dates import dmy
from notation.vietnamese import clean
from oversight.models import Follower, Team, TeamMember, TeamUnit

DAY = timedelta(days=1)


def _require_right(by, unit):
    if not by.may(Permission.OVERSEE, unit):
        raise PermissionDenied


def _until_after(day):
    return Q(until=None) | Q(until__gte=day)


def _wrong_days(unit, since, until):
    """{field: sentence}: a base organisation that stands, and an end that does not come first."""
    wrong = {}
    if unit.tier != Tier.BASE:
        wrong["unit"] = _("Chọn một tổ chức cơ sở đảng.")
    elif not unit.exists_on(since):
        wrong["since"] = describe_absence(unit, since)
    elif until and not unit.exists_on(until):
        wrong["until"] = describe_absence(unit, until)
    if until and until < since:
        wrong["until"] = _("%(until)s trước ngày %(since)s.") % {"until": dmy(until), "since": dmy(since)}
    return wrong


# Followers


@transaction.atomic
def assign_follower(
    user: User, unit: Organisation, *, since: date, until: date | None = None, basis: str, by: User
) -> Follower:
    """`user` follows `unit` from `since` to `until`; raises `Refused` with sentences by field, `PermissionDenied`."""
    _require_right(by, unit.parent or unit)
    wrong = _wrong_days(unit, since, until)
    if not clean(basis):
        wrong["basis"] = _("Ghi số, ngày của văn bản phân công.")
    same = Follower.objects.filter(_until_after(since), user=user, unit=unit, since__lte=until or date.max)
    if not wrong and (other := same.first()):
        words = _("Đồng chí %(who)s đã phụ trách %(unit)s từ %(since)s.")
        wrong["user"] = words % {"who": user, "unit": unit.title, "since": dmy(other.since)}
    if wrong:
        raise Refused(wrong)
    row = Follower.objects.create(user=user, unit=unit, since=since, until=until, basis=clean(basis))
    match_posts(Role.FOLLOWER, [user], [unit])
    log_change(by, f"Phụ trách {unit.title}: {user}, từ {dmy(since)} ({row.basis})")
    return row


@transaction.atomic
def end_follower(row: Follower, until: date, *, by: User) -> None:
    """`row` holds until `until`, that day included; raises `Refused`, `PermissionDenied`."""
    _require_right(by, row.unit.parent or row.unit)
    _end(row, until)
    match_posts(Role.FOLLOWER, [row.user], [row.unit])
    log_change(by, f"Thôi phụ trách {row.unit.title}: {row.user}, đến {dmy(until)}")


def _end(row, until):
    wrong = {}
    if row.until and row.until < until:
        wrong["until"] = _("Đã ghi đến hết ngày %(until)s.") % {"until": dmy(row.until)}
    elif until < row.since:
        words = _("%(until)s trước ngày %(since)s.")
        wrong["until"] = words % {"until": dmy(until), "since": dmy(row.since)}
    if wrong:
        raise Refused(wrong)
    row.until = until
    row.save(update_fields=["until"])


# Teams


@transaction.atomic
def create_team(
    unit: Organisation,
    number: int,
    *,
    since: date,
    basis: str,
    head: User,
    members: Iterable[User],
    units: Iterable[Organisation],
    by: User,
) -> Team:
    """The team of this `number` with its head, its other members and the base organisations it visits, from `since`.

    Raises `Refused` with sentences by field ("number", "basis", "head", "members", "units"), `PermissionDenied`.
    """
    _require_right(by, unit)
    units, members = list(units), [row for row in members if row.pk != head.pk]
    wrong = {}
    if not clean(basis):
        wrong["basis"] = _("Ghi số, ngày của văn bản phân công.")
    if other := unit.teams.filter(_until_after(since), number=number).first():
        wrong["number"] = _("Đã có %(team)s từ %(since)s.") % {"team": other, "since": dmy(other.since)}
    if not units:
        wrong["units"] = _("Chọn ít nhất một tổ chức cơ sở đảng.")
    if wrong:
        raise Refused(wrong)
    team = Team.objects.create(unit=unit, number=number, since=since, basis=clean(basis))
    TeamMember.objects.create(team=team, user=head, head=True, since=since)
    for user in members:
        TeamMember.objects.create(team=team, user=user, since=since)
    for row in units:
        _add_unit(team, row, since, "units")
    _match_team(team)
    log_change(by, f"Lập {team}, tổ trưởng {head}, từ {dmy(since)} ({team.basis})")
    return team


@transaction.atomic
def add_team_member(team: Team, user: User, *, since: date, by: User) -> TeamMember:
    """`user` is in `team` from `since`; raises `Refused`, `PermissionDenied`."""
    _require_right(by, team.unit)
    _check_within(team, since)
    if team.members.filter(_until_after(since), user=user).exists():
        raise Refused({"user": _("Đồng chí %(who)s đang ở tổ này.") % {"who": user}})
    row = TeamMember.objects.create(team=team, user=user, since=since)
    _match_team(team)
    log_change(by, f"{team}: thêm {user}, từ {dmy(since)}")
    return row


@transaction.atomic
def end_team_member(row: TeamMember, until: date, *, by: User) -> None:
    """Whoever heads the team leaves it only once somebody else heads it (`name_team_head`)."""
    _require_right(by, row.team.unit)
    if row.head and (row.team.until is None or until < row.team.until):
        raise Refused({"until": _("Đồng chí này là tổ trưởng; cử tổ trưởng khác trước.")})
    _end(row, until)
    _match_team(row.team)
    log_change(by, f"{row.team}: {row.user} thôi từ {dmy(until + DAY)}")


@transaction.atomic
def name_team_head(row: TeamMember, since: date, *, by: User) -> None:
    """The member of `row` heads the team from `since`; whoever headed it stays as a member."""
    _require_right(by, row.team.unit)
    _check_within(row.team, since)
    held = row.team.members.filter(_until_after(since), since__lte=since)
    former = held.filter(head=True).exclude(user=row.user).first()
    if former is None or not held.filter(pk=row.pk).exists():
        raise Refused({"since": _("Vào ngày này không đổi tổ trưởng được.")})
    for member, heads in ((former, False), (row, True)):
        if member.since == since:
            member.head = heads
            member.save(update_fields=["head"])
            continue
        until, member.until = member.until, since - DAY
        member.save(update_fields=["until"])
        TeamMember.objects.create(team=row.team, user=member.user, head=heads, since=since, until=until)
    _match_team(row.team)
    log_change(by, f"{row.team}: tổ trưởng {row.user}, từ {dmy(since)}")


@transaction.atomic
def add_team_unit(team: Team, unit: Organisation, *, since: date, by: User) -> TeamUnit:
    """`team` visits `unit` from `since`; a unit has one team at a time. Raises `Refused`, `PermissionDenied`."""
    _require_right(by, team.unit)
    _check_within(team, since)
    row = _add_unit(team, unit, since, "unit")
    _match_team(team)
    log_change(by, f"{team}: thêm {unit.title}, từ {dmy(since)}")
    return row


@transaction.atomic
def end_team_unit(row: TeamUnit, until: date, *, by: User) -> None:
    _require_right(by, row.team.unit)
    _end(row, until)
    _match_team(row.team)
    log_change(by, f"{row.team}: thôi {row.unit.title} từ {dmy(until + DAY)}")


@transaction.atomic
def end_team(team: Team, until: date, *, by: User) -> None:
    """The team, those in it and what it visits end on `until`; its visits stay."""
    _require_right(by, team.unit)
    _end(team, until)
    for rows in (team.members.all(), team.units.all()):
        rows.filter(since__gt=until).delete()
        rows.filter(_until_after(until)).update(until=until)
    _match_team(team)
    log_change(by, f"{team} kết thúc ngày {dmy(until)}")


def _check_within(team, since):
    if since < team.since or (team.until and since > team.until):
        raise Refused({"since": _("%(team)s không có vào ngày này.") % {"team": team}})


def _add_unit(team, unit, since, field):
    wrong = _wrong_days(unit, since, None)
    held = TeamUnit.objects.filter(_until_after(since), unit=unit).select_related("team").first()
    if not wrong and not unit.path.startswith(team.unit.path):
        wrong["unit"] = _("Chọn một tổ chức cơ sở đảng.")
    if not wrong and held:
        wrong["unit"] = _("%(unit)s đã giao %(team)s.") % {"unit": unit.title, "team": held.team}
    if wrong:
        raise Refused({field: " ".join(map(str, wrong.values()))})
    return TeamUnit.objects.create(team=team, unit=unit, since=since)


# Posts follow assignments


def _match_team(team):
    users = User.objects.filter(teams__team=team).distinct()
    units = Organisation.objects.filter(team_units__team=team).distinct()
    match_posts(Role.WORK_TEAM, users, units)


def match_posts(role: str, users: Iterable[User], units: Iterable[Organisation]) -> None:
    """Bring the posts of `role` that `users` hold at `units` to the days of their assignments."""
    users = list(users)
    for unit in units:
        for user in users:
            wanted = _joined(_spans(role, user, unit))
            posts = {row.since: row for row in Post.objects.filter(user=user, unit=unit, role=role)}
            for since, until in wanted.items():
                post = posts.pop(since, None) or Post(user=user, unit=unit, role=role, since=since)
                if post.pk is None or post.until != until:
                    post.until = until
                    post.save()
            for post in posts.values():
                post.delete()


def _spans(role, user, unit):
    """[(since, until)] of what `user` has to do with `unit`."""
    if role == Role.FOLLOWER:
        return list(Follower.objects.filter(user=user, unit=unit).values_list("since", "until"))
    spans = []
    for member in TeamMember.objects.filter(user=user, team__units__unit=unit).distinct():
        for row in TeamUnit.objects.filter(team=member.team_id, unit=unit):
            since = max(member.since, row.since)
            until = min(member.until or date.max, row.until or date.max)
            if since <= until:
                spans.append((since, None if until == date.max else until))
    return spans


def _joined(spans):
    """{since: until} of the same days without overlaps and seams."""
    days: dict[date, date | None] = {}
    last = None
    for since, until in sorted(spans, key=lambda span: span[0]):
        end = days[last] if last else None
        if last is not None and (end is None or since <= end + DAY):
            days[last] = None if end is None or until is None else max(end, until)
        else:
            days[since], last = until, since
    return days
