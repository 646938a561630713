"""What the tests of pages read out of an answer."""

import re


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())
