"""English pages keep the day first: the register is Vietnamese whatever the language of its reader."""

from yenlac.formats.vi.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
