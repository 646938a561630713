"""The exceptions of acts that are refused: sentences by field; nothing has been written."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """What was asked cannot be done; `message_dict` or `messages` say why and what to do."""


class Stale(Refused):
    """The dossier changed after it was read: a second click, or another person."""
