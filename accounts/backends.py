"""Signing in by user name and password."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from accounts.models import Post, User
from notation.dates import today


class RegisterBackend(BaseBackend):
    """Checks a password; knows no groups and no superusers, and demonstration accounts only in a demonstration."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_others: object,
    ) -> User | None:
        user = User.objects.filter(username=(username or "").strip().lower()).first()
        if user is None:
            make_password(password)  # an unknown name takes as long as a wrong password
        elif user.check_password(password) and may_sign_in(user):
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        # Every page asks for the user's posts as well: one statement finds both, unless there are none.
        posts = list(
            Post.objects.on(today()).with_units().filter(user=user_id).select_related("user", "unit")
        )
        user = posts[0].user if posts else User.objects.filter(pk=user_id).first()
        if user is None or not may_sign_in(user):
            return None
        user.current_posts = posts
        return user


def may_sign_in(user: User) -> bool:
    """Active accounts may; those of the demonstration only while the installation is one."""
    return user.is_active and (settings.DEMONSTRATION or not user.demonstration)
