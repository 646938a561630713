"""The posts of units that ended go over to their heirs: so their people see what was handed over."""

from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Activity, Post, User
from branches.hand_over import Asking, Handed, HandingOver
from branches.models import Organisation, Reorganisation
from branches.reorganisation.outcome import Question
from branches.row_keeper import RowKeeper


def hand_over_posts(handing: HandingOver, *, by: User) -> list[Handed]:
    """End the posts at the old units with them and begin the same at the heirs, for as long as they were to last.

    A post for which nobody chose an heir stays as it is.
    """
    posts = list(_running(handing.units, handing.on).select_for_update(of=("self",)))
    moved, left = 0, 0
    parts = Counter(post.unit_id for post in posts)
    with handing.rows.watching(Post.objects.filter(_at(handing))):
        for post in posts:
            heir = handing.only_heir(post.unit_id) or handing.posts.get(post.pk)
            if heir is None:
                left += 1
                continue
            move_post(post, heir, handing)
            moved += 1
    if handing.plan is None:
        _log(handing, by)
    return [
        Handed(
            what="posts",
            key="posts",
            label=_("Phân công của người dùng"),
            how=_("kết thúc ngày cuối, bắt đầu ngày đầu ở đơn vị mới"),
            moved=moved,
            left=left,
            parts=parts,
        )
    ]


def _running(units, on):
    rows = Post.objects.filter(Q(until=None) | Q(until__gte=on), unit__in=[*units])
    return rows.order_by("pk")


def _at(handing):
    heirs = [heir.pk for heirs in handing.heirs.values() for heir in heirs]
    return Q(unit__in=[*handing.units, *heirs, *(heir.pk for heir in handing.posts.values())])


def move_post(post: Post, heir: Organisation, handing: HandingOver) -> None:
    """End `post` with its unit, and begin the same at `heir`."""
    since, until = max(post.since, handing.on), post.until
    if post.since < handing.on:
        post.until = handing.last
        post.save()
    else:
        post.delete()
    Post.objects.get_or_create(
        user_id=post.user_id, unit=heir, role=post.role, since=since, defaults={"until": until}
    )


def _log(handing, by):
    for pk, unit in handing.units.items():
        words = _("Bàn giao %(unit)s cho %(heirs)s, %(basis)s") % {
            "unit": unit.title,
            "heirs": _(" và ").join(heir.title for heir in handing.heirs[pk]),
            "basis": handing.basis,
        }
        Activity.objects.create(user=by, action=Activity.Action.SETTING, subject=words[:200])


def ask_about_posts(asking: Asking) -> list[Question]:
    """At which half of a split unit somebody goes on; it may be chosen later, and until then the post stays."""
    posts = _running(asking.split, asking.on).select_related("user", "unit")
    return [
        Question(
            key=f"post:{post.pk}",
            words=_("%(who)s, %(role)s của %(unit)s, về đơn vị nào")
            % {"who": post.user, "role": post.get_role_display(), "unit": post.unit.title},
            choices=asking.split[post.unit_id],
            blocking=False,
            answer=asking.answers.get(f"post:{post.pk}"),
        )
        for post in posts
    ]


def finish_post(
    plan: Reorganisation, key: str, answer: object, *, heir: Organisation | None, by: User
) -> None:
    """Hand over the post that somebody chose a half for after `plan` was carried out."""
    what, _colon, pk = key.partition(":")
    post = Post.objects.filter(pk=int(pk)).select_related("unit").first() if what == "post" else None
    if post is None or heir is None:
        return
    rows = RowKeeper()
    units = {post.unit_id: post.unit}
    handing = HandingOver(
        units=units, heirs={post.unit_id: (heir,)}, on=plan.day, basis=plan.basis, rows=rows, plan=plan
    )
    with rows.watching(Post.objects.filter(unit__in=[post.unit_id, heir.pk])):
        move_post(post, heir, handing)
    rows.write(plan)
