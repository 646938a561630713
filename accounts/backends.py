"""Signing in by user name and password."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from accounts.models import User


class RegisterBackend(BaseBackend):
    """Checks a password; knows no groups and no superusers, and demonstration accounts only in a demonstration."""

    def authenticate(self, request, username=None, password=None):
        user = User.objects.filter(username=(username or "").strip().lower()).first()
        if user is None:
            make_password(password)  # an unknown name takes as long as a wrong password
        elif user.check_password(password) and may_sign_in(user):
            return user

    def get_user(self, user_id):
        user = User.objects.filter(pk=user_id).first()
        return user if user and may_sign_in(user) else None


def may_sign_in(user) -> bool:
    """Active accounts may; those of the demonstration only while the installation is one."""
    return user.is_active and (settings.DEMONSTRATION or not user.demonstration)
