"""Fail a test whose template asks for a variable that nobody passed."""

import logging

OPTIONAL = {"q", "nam", "sap", "nong-thon", "0", "errors", "list_query", "columns", "start"}
"""Names that may be absent by nature: what an address may ask for, and what an include may be given."""

FOREIGN = ("bootstrap5/", "django/")
"""Templates of libraries, which ask for what may be absent."""


class UndefinedVariables(logging.Filter):
    """Collects what Django notes when a variable is not found, in `{% if %}` as well as in `{{ }}`.

    It does not raise: the operators of `{% if %}` swallow every exception. It lets no such note pass: whoever
    formats one writes out the whole context of the template, which takes longer than the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.msg.startswith("Exception while resolving variable"):
            return True
        name, template = record.args
        if name not in OPTIONAL and not str(template).startswith(FOREIGN):
            self.missing.add(f"{template}: {name}")
        return False

    def take(self) -> set[str]:
        """What was missing since the last call."""
        missing, self.missing = self.missing, set()
        return missing
