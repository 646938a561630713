"""The exceptions of acts that are refused: sentences by field; nothing has been written."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class Refused(ValidationError):
    """What was asked cannot be done; `message_dict` or `messages` say why and what to do."""

    @property
    def by_field(self) -> dict[str, list[str]]:
        """{field: sentences}; those of no field under `NON_FIELD_ERRORS`."""
        return self.message_dict if hasattr(self, "error_dict") else {NON_FIELD_ERRORS: self.messages}


class Stale(Refused):
    """The dossier changed after it was read: a second click, or another person."""


class Refusals:
    """What several guards refuse: each is asked inside `with refusals:`, and the next one is asked all the same."""

    def __init__(self) -> None:
        self.said: dict[str, list[str]] = {}

    def __enter__(self) -> "Refusals":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused) or isinstance(error, Stale):
            return False
        for name, sentences in error.by_field.items():
            said = self.said.setdefault(name, [])
            said += [words for words in sentences if words not in said]
        return True


@contextmanager
def gather_refusals() -> Iterator[Refusals]:
    """Ask guards that do not depend on each other, then raise one `Refused` with all that they said.

    What is written meanwhile has to be inside the caller's transaction.
    """
    refusals = Refusals()
    yield refusals
    if refusals.said.keys() == {NON_FIELD_ERRORS}:
        raise Refused(refusals.said[NON_FIELD_ERRORS])
    if refusals.said:
        raise Refused(refusals.said)
