"""The few states of a dossier's life. The many steps between them are data, in `procedure`."""

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


S = State
MARKS = {
    S.LISTED: "wait",
    S.PREPARING: "half",
    S.RESOLVED: "half",
    S.PROPOSED: "half",
    S.APPRAISAL: "wait",
    S.RETURNED: "back",
    S.HELD: "hold",
    S.ASKED: "half",
    S.AWAITING: "half",
    S.DECIDED: "half",
    S.PROBATIONARY: "done",
    S.CONVERTING: "half",
    S.OFFICIAL: "official",
    S.REFUSED: "no",
    S.WITHDRAWN: "no",
    S.ANNULLED: "no",
    S.LEFT: "no",
}
"""The shape that stands before the word; colour carries nothing (DESIGN §7)."""

PIPELINE = (
    *(S.LISTED, S.PREPARING, S.RESOLVED, S.PROPOSED, S.APPRAISAL, S.RETURNED, S.HELD, S.ASKED, S.AWAITING),
)
"""Not yet decided: sources and dossiers under way."""

UNDER_WAY = PIPELINE[1:]
"""Dossiers under way: an application has been made and nothing is decided (đang làm hồ sơ)."""

ADMITTED = (S.DECIDED, S.PROBATIONARY, S.CONVERTING, S.OFFICIAL, S.LEFT)
"""Admitted by a decision that stands, whatever became of the member since."""

CLOSED = (S.REFUSED, S.WITHDRAWN, S.ANNULLED)
"""Ended without admission."""

ENDED = (*CLOSED, S.LEFT)
"""Nothing is under way any more; the person may have a new dossier."""

WITH_US = (S.APPRAISAL, S.HELD, S.ASKED, S.AWAITING)
"""The dossier lies with the organisation board or the standing committee."""

WITH_THEM = (S.RETURNED,)
"""The dossier lies with the unit that has to complete it."""

DATES_OF = {
    S.LISTED: ("listed_on",),
    S.PREPARING: ("listed_on", "applied_on"),
    S.RESOLVED: ("applied_on", "branch_resolved_on"),
    S.PROPOSED: ("branch_resolved_on", "base_resolved_on"),
    S.APPRAISAL: ("branch_resolved_on", "received_on"),
    S.RETURNED: ("branch_resolved_on", "received_on"),
    S.HELD: ("branch_resolved_on", "received_on"),
    S.ASKED: ("branch_resolved_on", "received_on"),
    S.AWAITING: ("branch_resolved_on", "received_on", "put_forward_on"),
    S.DECIDED: ("branch_resolved_on", "decided_on"),
    S.PROBATIONARY: ("decided_on", "ceremony_on", "probation_ends_on"),
    S.CONVERTING: ("ceremony_on", "probation_ends_on", "conversion_resolved_on"),
    S.OFFICIAL: ("ceremony_on", "probation_ends_on", "conversion_decided_on", "official_on"),
    S.ANNULLED: ("decided_on", "annulled_on"),
    S.LEFT: ("decided_on", "left_on"),
}
"""The dates that a state implies; the database holds every dossier to them."""

IN_ORDER = (
    "listed_on",
    "applied_on",
    "branch_resolved_on",
    "base_resolved_on",
    "decided_on",
    "ceremony_on",
    "conversion_resolved_on",
    "conversion_base_on",
    "conversion_decided_on",
)
"""Dates that may not run backwards (domain rule 19); any of them may be missing."""
