"""Who may change the lists that hold for the whole register: a post at its top. Every change is logged."""

from django.core.exceptions import PermissionDenied

from accounts.models import Activity, User
from accounts.roles import Permission
from branches.models import Organisation
from notation.dates import today


def may_change(user: User) -> bool:
    return any(user.may(Permission.CHANGE_LISTS, top) for top in Organisation.objects.roots().on(today()))


def require_right(user: User) -> None:
    """Raises `PermissionDenied` unless `user` may change the lists."""
    if not may_change(user):
        raise PermissionDenied


def log_change(user: User, words: str) -> None:
    """The log is kept in Vietnamese, whatever language its reader has chosen."""
    Activity.objects.create(user=user, action=Activity.Action.SETTING, subject=words[:200])
