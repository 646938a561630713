"""Pages as tests read them."""

import re

from django.http import HttpResponse


def markup(response: HttpResponse) -> str:
    """The markup of a page on one line, so that the indentation of its template makes no difference."""
    text = re.sub(r"\s+", " ", response.content.decode())
    return re.sub(r"(?<=>) | (?=<)| (?=/?>)", "", text)
