"""The posts of a unit that ended go over to its heir: so its people see what was handed over."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Activity, Post, User
from branches.hand_over import Handed, HandOver


def hand_over_posts(hand_over: HandOver, *, by: User) -> Handed:
    """End the posts at the old unit with it and begin the same at the heir, for as long as they were to last.

    A post for which nobody chose an heir stays as it is.
    """
    posts = Post.objects.filter(Q(until=None) | Q(until__gte=hand_over.on), unit=hand_over.old)
    moved, left = 0, 0
    for post in posts.select_for_update().order_by("pk"):
        heir = hand_over.heir_of(post.pk, hand_over.posts)
        if heir is None:
            left += 1
            continue
        since, until = max(post.since, hand_over.on), post.until
        if post.since < hand_over.on:
            post.until = hand_over.last
            post.save()
        else:
            post.delete()
        Post.objects.get_or_create(
            user_id=post.user_id, unit=heir, role=post.role, since=since, defaults={"until": until}
        )
        moved += 1
    words = _("Bàn giao %(unit)s cho %(heirs)s, %(basis)s") % {
        "unit": hand_over.old.title,
        "heirs": _(" và ").join(heir.title for heir in hand_over.heirs),
        "basis": hand_over.basis,
    }
    Activity.objects.create(user=by, action=Activity.Action.SETTING, subject=words[:200])
    return Handed("posts", moved, left)
