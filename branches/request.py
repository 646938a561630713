"""The request that a view gets once someone has signed in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


class UserRequest(HttpRequest):
    """A request that signing in let through; for type hints, since the site's middleware makes it so.

    `user` is an `accounts.models.User`: the apps above know the class, this one only its setting.
    """

    user: "_User"
    htmx: HtmxDetails
