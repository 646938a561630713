"""The few states of a dossier's life. The many steps between them are data, in `procedure`."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy


class State(models.TextChoices):
    """Where a dossier stands, from the source list to official membership."""

    LISTED = "listed", gettext_lazy("Danh sách cảm tình Đảng")
    PREPARING = "preparing", gettext_lazy("Đang làm hồ sơ")
    RESOLVED = "resolved", gettext_lazy("Chờ cấp ủy cơ sở xét")
    PROPOSED = "proposed", gettext_lazy("Chờ gửi về huyện")
    APPRAISAL = "appraisal", gettext_lazy("Chờ thẩm định")
    RETURNED = "returned", gettext_lazy("Đã trả lại")
    RESENT = "resent", gettext_lazy("Đã bổ sung, chờ nhận lại")
    HELD = "held", gettext_lazy("Để lại, chờ thẩm tra")
    ASKED = "asked", gettext_lazy("Chờ ý kiến Ban Thường vụ")
    AWAITING = "awaiting", gettext_lazy("Chờ quyết định")
    DECIDED = "decided", gettext_lazy("Chờ lễ kết nạp")
    PROBATIONARY = "probationary", gettext_lazy("Đảng viên dự bị")
    CONVERTING = "converting", gettext_lazy("Chờ công nhận chính thức")
    OFFICIAL = "official", gettext_lazy("Đảng viên chính thức")
    REFUSED = "refused", gettext_lazy("Không kết nạp")
    WITHDRAWN = "withdrawn", gettext_lazy("Đưa ra khỏi danh sách")
    ANNULLED = "annulled", gettext_lazy("Hủy quyết định kết nạp")
    LEFT = "left", gettext_lazy("Không còn là đảng viên")
    DIED = "died", gettext_lazy("Đã mất")
    TRANSFERRED = "transferred", gettext_lazy("Đã chuyển đi")
    DUPLICATE = "duplicate", gettext_lazy("Trùng hồ sơ")


MARKS: dict[str, str] = {
    State.LISTED: "wait",
    State.PREPARING: "half",
    State.RESOLVED: "half",
    State.PROPOSED: "half",
    State.APPRAISAL: "wait",
    State.RETURNED: "back",
    State.RESENT: "wait",
    State.HELD: "hold",
    State.ASKED: "half",
    State.AWAITING: "half",
    State.DECIDED: "half",
    State.PROBATIONARY: "done",
    State.CONVERTING: "half",
    State.OFFICIAL: "official",
    State.REFUSED: "no",
    State.WITHDRAWN: "no",
    State.ANNULLED: "no",
    State.LEFT: "no",
    State.DIED: "no",
    State.TRANSFERRED: "no",
    State.DUPLICATE: "no",
}
"""The shape that stands before the word; colour carries nothing (docs/design.md, 7)."""

PIPELINE = (
    State.LISTED,
    State.PREPARING,
    State.RESOLVED,
    State.PROPOSED,
    State.APPRAISAL,
    State.RETURNED,
    State.RESENT,
    State.HELD,
    State.ASKED,
    State.AWAITING,
)
"""Not yet decided: sources and dossiers under way."""

ARRIVES = (State.APPRAISAL, State.DECIDED, State.PROBATIONARY)
"""Where a dossier begins that comes from another district or province."""

UNDER_WAY = PIPELINE[1:]
"""Dossiers under way: an application has been made and nothing is decided (đang làm hồ sơ)."""

ADMITTED = (State.DECIDED, State.PROBATIONARY, State.CONVERTING, State.OFFICIAL, State.LEFT)
"""Admitted by a decision that stands, whatever became of the member since."""

ON_CONVERSION = (State.PROBATIONARY, State.CONVERTING)
"""States in which a vote is one on conversion."""

CLOSED = (State.REFUSED, State.WITHDRAWN, State.ANNULLED, State.DUPLICATE)
"""Ended without admission."""

GONE = (State.DIED, State.TRANSFERRED)
"""No longer followed here, whether the person had been admitted or not."""

ENDED = (*CLOSED, State.LEFT, *GONE)
"""Nothing is under way any more; the person may have a new dossier."""

WITH_US = (State.APPRAISAL, State.HELD, State.ASKED, State.AWAITING)
"""The dossier lies with the organisation board or the standing committee."""

WITH_THEM = (State.RETURNED,)
"""The dossier lies with the unit that has to complete it."""

DATES_OF = {
    State.LISTED: ("listed_on",),
    State.PREPARING: ("listed_on", "applied_on"),
    State.RESOLVED: ("applied_on", "branch_resolved_on"),
    State.PROPOSED: ("branch_resolved_on", "base_resolved_on"),
    State.APPRAISAL: ("branch_resolved_on", "received_on"),
    State.RETURNED: ("branch_resolved_on", "received_on"),
    State.RESENT: ("branch_resolved_on", "received_on"),
    State.HELD: ("branch_resolved_on", "received_on"),
    State.ASKED: ("branch_resolved_on", "received_on"),
    State.AWAITING: ("branch_resolved_on", "received_on", "put_forward_on"),
    State.PROBATIONARY: ("ceremony_on", "probation_ends_on"),
    State.CONVERTING: ("ceremony_on", "probation_ends_on", "conversion_resolved_on"),
    State.OFFICIAL: ("ceremony_on", "probation_ends_on", "conversion_decided_on", "official_on"),
    State.ANNULLED: ("decided_on", "annulled_on"),
    State.LEFT: ("left_on",),
    State.DIED: ("left_on",),
    State.TRANSFERRED: ("left_on", "transferred_on"),
}
"""The dates that a state implies; the database holds every dossier to them."""

HERE = ("decided_on",)
ELSEWHERE = ("elsewhere_on", "arrived_on")
"""What everyone `ADMITTED` has beside: the date of the admission here, or of one elsewhere and of arriving."""


@dataclass(frozen=True, kw_only=True)
class DossierDate:
    """One date column of a dossier, and who holds it to the order of `DATES`.

    `held_by_database`: a constraint compares it with the other such dates, whoever writes the row.
    `checked_by_acts`: an act that sets it compares it with the earlier ones, in a sentence for the person.
    The acts also compare when the board received and put forward a dossier and when the branch got the decision.
    `starts_clocks`: a clock of a procedure may run from it. Every date may mark a step as done.
    """

    column: str
    held_by_database: bool = False
    checked_by_acts: bool = False
    starts_clocks: bool = True


DATES = (
    DossierDate(column="listed_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="certified_on"),
    DossierDate(column="applied_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="branch_resolved_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="base_resolved_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="received_on", checked_by_acts=True),
    DossierDate(column="put_forward_on", checked_by_acts=True, starts_clocks=False),
    DossierDate(column="decided_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="elsewhere_on", held_by_database=True, checked_by_acts=True, starts_clocks=False),
    DossierDate(column="decision_received_on", checked_by_acts=True),
    DossierDate(column="ceremony_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="probation_ends_on"),
    DossierDate(column="conversion_resolved_on", held_by_database=True, checked_by_acts=True),
    DossierDate(column="conversion_base_on", held_by_database=True, checked_by_acts=True),
    DossierDate(
        column="conversion_decided_on", held_by_database=True, checked_by_acts=True, starts_clocks=False
    ),
    DossierDate(column="transferred_on"),
    DossierDate(column="arrived_on"),
)
"""The dates of a dossier in the order of the procedure (docs/domain.md, rule 19); any of them may be missing."""

ORDERED_IN_DATABASE = tuple(date.column for date in DATES if date.held_by_database)
ORDERED_BY_ACTS = tuple(date.column for date in DATES if date.checked_by_acts)
