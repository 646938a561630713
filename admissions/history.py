"""A dossier's events in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Candidate, Dossier, Event
from admissions.rules.unit_of_day import SUCCEED
from admissions.workflow import ACTS
from notation.dates import format_moment

OTHER_EVENTS = {
    "enter": gettext_lazy("%(by)s ghi vào danh sách cảm tình Đảng."),
    "arrive": gettext_lazy("%(by)s nhận từ %(place)s chuyển đến theo %(number)s (%(state)s)."),
    "edit": gettext_lazy("%(by)s sửa %(fields)s."),
    "papers": gettext_lazy("%(by)s ghi giấy tờ (%(n)d loại)."),
    "reveal": gettext_lazy("%(by)s mở xem số CMND hoặc định danh."),
    SUCCEED: gettext_lazy("%(before)s kết thúc; %(by)s bàn giao hồ sơ sang %(branch)s (%(basis)s)."),
    "letter": gettext_lazy("%(by)s soạn văn bản %(title)s."),
    "remind": gettext_lazy("Đã gửi thư nhắc hạn %(due)s cho %(by)s."),
}
"""The sentences of events that are no acts; those of the acts stand in their rows."""

NAMES = {
    field.name: field.verbose_name for model in (Candidate, Dossier) for field in model._meta.concrete_fields
}
"""What a corrected field is called on the form."""


class _Facts(dict):
    """The facts of an event; one that it does not hold reads as a dash."""

    def __missing__(self, key):
        return "–"


def describe_event(event: Event) -> str:
    """What `event` tells, in the reader's language; raises `KeyError` for an unknown action."""
    by = event.by.full_name
    facts = _Facts(event.facts, by=by, n=len(event.facts.get("papers", ())))
    facts |= {
        name: fact["words"] for name, fact in facts.items() if isinstance(fact, dict) and "words" in fact
    }
    facts["state"] = event.get_to_state_display()
    facts["fields"] = ", ".join(str(NAMES.get(name, name)) for name in event.facts.get("fields", ()))
    sentence = _sentence_of(event)
    words = sentence % facts
    if why := event.facts.get("exception"):
        words += " " + _("Ghi sau khi khóa báo cáo quý: “%(why)s”.") % {"why": why}
    if "%(by)s" not in sentence:
        words += " " + _("Người ghi: %(by)s.") % {"by": by}
    return words


def _sentence_of(event):
    if event.action in OTHER_EVENTS:
        return str(OTHER_EVENTS[event.action])
    act = ACTS[event.action]
    special = (words for fact, words in act.sentence_with.items() if event.facts.get(fact))
    return str(next(special, act.sentence))


UNCHANGING = ("reveal", "remind")
"""Events that change nothing and make no form stale."""


def events_since(dossier: Dossier, version: int) -> list[Event]:
    """What changed `dossier` after it had `version`, the earliest first; nothing for a version that never was."""
    count = dossier.version - version
    if not 0 < count <= dossier.version:
        return []
    rows = dossier.events.exclude(action__in=UNCHANGING).select_related("by")
    return list(rows.order_by("-no")[:count])[::-1]


def describe_since(dossier: Dossier, version: int) -> list[tuple[Event, str]]:
    """[(event, what it tells)] of `events_since`."""
    return [(event, describe_event(event)) for event in events_since(dossier, version)]


def tell_author(events: list[Event], name: str) -> str:
    """ "Trần Thị Mai, 27/02/2017 10:42": who wrote the field or the paper `name` last, and when; "" when none did."""
    for event in reversed(events):
        if name in (event.facts.get("fields") or ()) or name in (event.facts.get("papers") or ()):
            return f"{event.by.full_name}, {format_moment(event.at)}"
    last = events[-1] if events else None
    return f"{last.by.full_name}, {format_moment(last.at)}" if last else ""
