"""The one exception with which a verb says no: in words, by field, having changed nothing."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """What was asked cannot be done; `message_dict` or `messages` say why and what to do."""


class Stale(Refused):
    """The dossier changed after it was read: a second click, or another person."""
