"""Who follows units that end, which teams visit them, and what was arranged there: over to their heirs."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Post, User
from accounts.roles import Role
from branches.hand_over import Asking, Handed, HandingOver, move_rows
from branches.models import Organisation, Reorganisation, Tier
from branches.reorganisation.outcome import Question
from branches.row_keeper import RowKeeper
from oversight.models import Follower, Plan, Review, Team, TeamUnit, Visit
from oversight.teams import match_posts

ROLES = (Role.FOLLOWER, Role.WORK_TEAM)


def _running(rows: QuerySet, units: Iterable[int], on: date) -> QuerySet:
    """Of `rows` those at `units` that were to hold on the day `on` or later."""
    return rows.filter(Q(until=None) | Q(until__gte=on), unit__in=[*units]).order_by("pk")


def hand_over_assignments(handing: HandingOver, *, by: User) -> list[Handed]:
    """Assignments end with their unit, and begin anew at the heir where `accounts.hand_over` began their posts.

    Where a plan merges units of different followers or teams, the one that was chosen goes on, and none until then.
    Visits that were held stay with the unit that was visited.
    """
    both = [*handing.units, *handing.origins]
    rows: list[Follower | TeamUnit] = [
        *_running(Follower.objects.select_related("user"), handing.units, handing.on),
        *_running(TeamUnit.objects.select_related("team"), handing.units, handing.on),
    ]
    moved = 0
    with (
        handing.rows.watching(Post.objects.filter(unit__in=both, role__in=ROLES)),
        handing.rows.watching(Follower.objects.filter(unit__in=both)),
        handing.rows.watching(TeamUnit.objects.filter(unit__in=both)),
    ):
        rivals = _rivals(handing, rows)
        for row in rows:
            moved += _hand_over(handing, row, rivals)
        _follow_with_posts(handing, rows)
    label = _("Tổ công tác, cấp ủy viên phụ trách")
    how = _("kết thúc ngày cuối; phân công mới ở mục chọn")
    parts = Counter(row.unit_id for row in rows)
    facts: dict[str, Any] = {"what": "assignments", "key": "assignments", "label": label, "how": how}
    return [Handed(**facts, moved=moved, left=len(rows) - moved, parts=parts)]


def _holder(row):
    """(what kind of assignment, the key of whoever holds it, as answers name them)."""
    return ("follower", str(row.user_id)) if isinstance(row, Follower) else ("team", str(row.team_id))


def _rivals(handing, rows):
    """{(kind, heir): those who held units that a plan merges into it}."""
    found: dict[tuple[str, int], set[str]] = {}
    for row in rows if handing.plan is not None else ():
        heir = handing.only_heir(row.unit_id)
        if heir is not None:
            kind, holder = _holder(row)
            found.setdefault((kind, heir.pk), set()).add(holder)
    return found


def _hand_over(handing, row, rivals):
    """End one assignment, and begin it at its heirs; whether there was one."""
    kind, holder = _holder(row)
    names = {heir.pk: key for key, heir in handing.by_key.items()}
    heirs = _heirs_of(handing, row)
    begun = False
    for heir in heirs:
        several = len(rivals.get((kind, heir.pk), ())) > 1
        if several and handing.answers.get(f"{kind}:{names.get(heir.pk)}") != holder:
            begun = True  # somebody chooses, perhaps later
            continue
        _begin(row, heir, max(row.since, handing.on))
        begun = True
    if row.since > handing.last:
        row.delete()
    else:
        row.until = handing.last
        row.save(update_fields=["until"])
    return begun


def _heirs_of(handing, row):
    """The heirs of the unit of an assignment at which those who hold it have begun posts."""
    people = [row.user_id] if isinstance(row, Follower) else row.team.members.values_list("user", flat=True)
    role = Role.FOLLOWER if isinstance(row, Follower) else Role.WORK_TEAM
    heirs = {heir.pk: heir for heir in handing.heirs[row.unit_id] if heir.tier == Tier.BASE}
    held = Post.objects.filter(unit__in=[*heirs], role=role, user__in=[*people], since__gte=handing.on)
    return [heirs[pk] for pk in sorted(set(held.values_list("unit", flat=True)))]


def _begin(row, heir, since):
    if isinstance(row, Follower):
        facts = {"user": row.user, "unit": heir, "since": since}
        Follower.objects.get_or_create(**facts, defaults={"until": row.until, "basis": row.basis})
    elif not _running(TeamUnit.objects.all(), [heir.pk], since).exists():
        TeamUnit.objects.create(team=row.team, unit=heir, since=since, until=row.until)


def _follow_with_posts(handing, rows):
    """Bring the posts of everybody concerned to the days of their assignments."""
    for role, kind in ((Role.FOLLOWER, Follower), (Role.WORK_TEAM, TeamUnit)):
        mine = [row for row in rows if isinstance(row, kind)]
        users = _people(mine)
        pks = {row.unit_id for row in mine}
        heirs = {heir.pk for pk in pks for heir in handing.heirs[pk]}
        match_posts(role, users, Organisation.objects.filter(pk__in=pks | heirs))


def _people(rows):
    followers = [row.user_id for row in rows if isinstance(row, Follower)]
    teams = [row.team_id for row in rows if isinstance(row, TeamUnit)]
    return User.objects.filter(Q(pk__in=followers) | Q(teams__team__in=teams)).distinct()


def hand_over_arrangements(handing: HandingOver, *, by: User) -> list[Handed]:
    """The teams of a unit, its visits still to come and its plans that run go over to its only heir."""
    ended = {"unit__in": [*handing.units]}
    running = Plan.objects.filter(**ended, last__gte=handing.on)
    teams = Team.objects.filter(Q(until=None) | Q(until__gte=handing.on), **ended)
    arranged = Visit.objects.filter(**ended, held_on=None)
    reviews = Counter(Review.objects.filter(**ended).order_by().values_list("unit", flat=True))
    stays: dict[str, Any] = {"label": _("Rà soát đã ghi"), "how": _("ở lại với chi bộ cũ, không đổi")}
    return [
        move_rows(handing, teams, what="teams", label=_("Tổ công tác của đơn vị"), how=_("đi theo đơn vị")),
        move_rows(handing, arranged, what="visits", label=_("Buổi làm việc đã hẹn"), how=_("giữ ngày")),
        move_rows(
            handing,
            running,
            what="plans",
            label=_("Nghị quyết, kế hoạch đang thực hiện"),
            how=_("đơn vị mới thực hiện tiếp"),
        ),
        Handed(what="reviews", key="reviews", moved=0, parts=reviews, stays=True, **stays),
    ]


def ask_about_assignments(asking: Asking) -> list[Question]:
    """Who follows a merged unit, and which team visits it, where those of the units before differ; also later."""
    questions = []
    for key, (title, units) in asking.merged.items():
        followers = _running(Follower.objects.select_related("user"), units, asking.on)
        names = {str(row.user_id): str(row.user) for row in followers}
        words = _("Cấp ủy viên phụ trách %(unit)s") % {"unit": title}
        questions += _ask(f"follower:{key}", words, names, asking)
        visited = _running(TeamUnit.objects.select_related("team"), units, asking.on)
        teams = {str(row.team_id): str(row.team) for row in visited}
        words = _("Tổ công tác của %(unit)s") % {"unit": title}
        questions += _ask(f"team:{key}", words, teams, asking)
    return questions


def _ask(key, words, names, asking):
    if len(names) < 2:
        return []
    answer = asking.answers.get(key)
    detail = _("Đang có: %(names)s.") % {"names": ", ".join(names.values())}
    return [
        Question(
            key=key,
            words=words,
            detail=detail,
            choices=[*names.items()],
            blocking=False,
            answer=answer if answer in names else None,
        )
    ]


def finish_assignment(
    plan: Reorganisation, key: str, answer: object, *, heir: Organisation | None, by: User
) -> None:
    """Begin the assignment that somebody chose after `plan` was carried out."""
    kind = key.partition(":")[0]
    if kind not in ("follower", "team") or heir is None:
        return
    rows, pk = RowKeeper(), int(str(answer))
    with (
        rows.watching(Post.objects.filter(unit=heir, role__in=ROLES)),
        rows.watching(Follower.objects.filter(unit=heir)),
        rows.watching(TeamUnit.objects.filter(unit=heir)),
    ):
        if kind == "follower":
            row, _new = Follower.objects.get_or_create(
                user_id=pk, unit=heir, since=plan.day, defaults={"basis": plan.basis[:200]}
            )
            match_posts(Role.FOLLOWER, [row.user], [heir])
        else:
            TeamUnit.objects.get_or_create(team_id=pk, unit=heir, since=plan.day)
            match_posts(Role.WORK_TEAM, User.objects.filter(teams__team=pk).distinct(), [heir])
    rows.write(plan)
