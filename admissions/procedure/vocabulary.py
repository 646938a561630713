"""The words that a procedure file may use: phases, conditions, dates to run from, what may be extended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from admissions.choices import Introduction
from admissions.states import DATES
from branches.models import Tier

CONFIDENCE = ("verified", "secondary", "unverified")
"""How certain a fact of the law is; only what is verified blocks an act."""

PHASES = {
    "branch": gettext_lazy("Để chi bộ họp xét"),
    "board": gettext_lazy("Để gửi lên Ban Tổ chức"),
    "close": gettext_lazy("Để kết thúc việc kết nạp"),
    "conversion": gettext_lazy("Để công nhận chính thức"),
}
"""What the papers of each phase are needed for."""


@dataclass(frozen=True)
class When:
    """A condition that a file may name under `when`: whether a paper is asked for, in words and as a question.

    `absent` says why a paper is not asked for without the condition; "" leaves it out without a word.
    """

    applies: Callable
    words: str | Promise = ""
    absent: str | Promise = ""


def _in_section(dossier):
    parent = dossier.branch.parent
    return parent is not None and parent.tier == Tier.SECTION


WHEN = {
    "always": When(lambda dossier: True),
    "section": When(
        _in_section,
        words=gettext_lazy("khi chi bộ thuộc đảng ủy bộ phận"),
        absent=gettext_lazy("không có đảng ủy bộ phận"),
    ),
    "base_committee": When(
        lambda dossier: dossier.has_base_step(),
        words=gettext_lazy("khi cấp ủy cơ sở phải đề nghị lên cấp trên"),
        absent=gettext_lazy("nghị quyết chi bộ gửi thẳng nơi quyết định"),
    ),
    "intro_two_members": When(
        lambda dossier: dossier.introduction == Introduction.TWO_MEMBERS,
        words=gettext_lazy("khi hai đảng viên giới thiệu"),
    ),
    "intro_member_youth": When(
        lambda dossier: dossier.introduction == Introduction.MEMBER_YOUTH,
        words=gettext_lazy("khi Đoàn giới thiệu"),
    ),
    "intro_member_union": When(
        lambda dossier: dossier.introduction == Introduction.MEMBER_UNION,
        words=gettext_lazy("khi Công đoàn giới thiệu"),
    ),
}
"""The conditions that a file may name."""

EXTENSIONS = {"decision": "decision_extension", "conversion_decision": "conversion_extension"}
"""Clocks that may be extended, and the dossier's column that says by how many working days."""

ANCHORS = tuple(date.column for date in DATES if date.starts_clocks)
"""The dates of a dossier that a clock may run from."""

MARKERS = tuple(date.column for date in DATES)
"""The dates of a dossier that may mark a step as done; a step named after none is done with the next one."""

OF_PAPER = "paper:"
"""Before the code of a paper whose date a clock runs from, or is met by."""
