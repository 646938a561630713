"""A dossier's events in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import DateField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from admissions.models import Candidate, Dossier, Enrolment, Event
from admissions.rules.as_corrected import CORRECT, TAKE_BACK
from admissions.rules.unit_of_day import SUCCEED
from admissions.workflow import ACTS
from admissions.workflow.act import COMMITTEE_BALLOT, FieldKind
from admissions.workflow.counted_facts import COUNTED, fact_field
from admissions.workflow.drafts import ASKED_BY_OUTCOME
from notation.births import Birth
from notation.dates import format_moment

CLASS_EVENTS = {
    "class_nominated": gettext_lazy("Được đề cử học %(course)s, nghị quyết chi bộ %(number)s."),
    "class_proposed": gettext_lazy("Cấp ủy cơ sở đề nghị cử học %(course)s."),
    "class_declined": gettext_lazy("Không duyệt học %(course)s: “%(reason)s”."),
    "class_approved": gettext_lazy("Được duyệt học %(course)s."),
    "class_absent": gettext_lazy("Học %(attended)s ngày của %(course)s: “%(reason)s”."),
    "class_attended": gettext_lazy("Dự đủ %(course)s."),
    "class_rewrite": gettext_lazy("Viết lại bài thu hoạch %(course)s, trước ngày %(due)s."),
    "class_failed": gettext_lazy("Không đạt %(course)s: “%(reason)s”."),
    "class_passed": gettext_lazy("Đạt %(course)s, xếp loại %(grade)s."),
    "class_certified": gettext_lazy("Được cấp giấy chứng nhận %(number)s, %(course)s."),
    "class_corrected": gettext_lazy("%(by)s sửa việc học %(course)s: %(changes)s. Lý do: “%(reason)s”."),
}
"""What happens to someone in an awareness class changes nothing of the dossier."""

OTHER_EVENTS = CLASS_EVENTS | {
    "enter": gettext_lazy("%(by)s ghi vào danh sách cảm tình Đảng."),
    "arrive": gettext_lazy("%(by)s nhận từ %(place)s chuyển đến theo %(number)s (%(state)s)."),
    "edit": gettext_lazy("%(by)s sửa %(fields)s."),
    "papers": gettext_lazy("%(by)s ghi giấy tờ (%(n)d loại)."),
    "reveal": gettext_lazy("%(by)s mở xem số CMND hoặc định danh."),
    SUCCEED: gettext_lazy("%(before)s kết thúc; %(by)s bàn giao hồ sơ sang %(branch)s (%(basis)s)."),
    "letter": gettext_lazy("%(by)s soạn văn bản %(title)s."),
    "merged": gettext_lazy("%(by)s ghi hồ sơ %(other)s là trùng với hồ sơ này."),
    "merged_no_more": gettext_lazy("%(by)s hoàn tác: hồ sơ %(other)s không còn ghi là trùng."),
    "remind": gettext_lazy("Đã gửi thư nhắc hạn %(due)s cho %(by)s."),
    "take_back": gettext_lazy("%(by)s hoàn tác việc vừa ghi: %(act)s ngày %(day)s."),
    "correct": gettext_lazy("%(by)s sửa %(act)s: %(changes)s. Lý do: “%(reason)s”."),
}
"""The sentences of events that are no acts; those of the acts stand in their rows."""

NAMES = {
    field.name: field.verbose_name
    for model in (Candidate, Dossier)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
}
"""What a corrected field is called on the form."""


@dataclass(frozen=True)
class StoryLine:
    """An event with its sentence. `note` says that it reads otherwise today; `may_correct` whether the reader may ask
    for a correction."""

    event: Event
    words: str
    note: str = ""
    may_correct: bool = False


def tell_story(dossier: Dossier, events: list[Event], user: User) -> list[StoryLine]:
    """The events of `dossier` in sentences, the last one first."""
    taken = {event.facts["target"] for event in events if event.action == TAKE_BACK}
    corrected = {event.facts.get("target") for event in events if event.action == CORRECT}
    lines = []
    for event in reversed(events):
        act = ACTS.get(event.action)
        note = _("đã hoàn tác") if event.no in taken else _("đã sửa") if event.no in corrected else ""
        may = act is not None and event.no not in taken and user.may(act.permission, dossier.branch)
        lines.append(StoryLine(event, describe_event(event), note, may))
    return lines


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
    facts |= {
        name: _value_in_words(event.action, name, facts[name])
        for name, field in (ACTS[event.action].fields if event.action in ACTS else {}).items()
        if field.choices and name in facts
    }
    facts["state"] = event.get_to_state_display()
    facts["fields"] = ", ".join(str(NAMES.get(name, name)) for name in event.facts.get("fields", ()))
    if event.action in (CORRECT, TAKE_BACK):
        facts |= _facts_of_correction(event)
    if event.action == "class_corrected":
        facts["changes"] = _changes_of_class(event)
    sentence = _sentence_of(event)
    words = sentence % facts
    if second := event.facts.get("agreed_by"):
        words += " " + _("Người đồng ý: %(second)s.") % {"second": second}
    if why := event.facts.get("exception"):
        words += " " + _("Ghi sau khi khóa báo cáo quý: “%(why)s”.") % {"why": why}
    if "%(by)s" not in sentence:
        words += " " + _("Người ghi: %(by)s.") % {"by": by}
    return words


def describe_changes(act: str, changes: Mapping[str, list]) -> list[tuple[str, str, str]]:
    """[(name of the field, before, after)] in words, of a correction of `act`, of counted facts where it is ""."""
    return [
        (str(_label(act, name)), _value_in_words(act, name, before), _value_in_words(act, name, after))
        for name, (before, after) in changes.items()
    ]


def _facts_of_correction(event):
    act = event.facts.get("act", "")
    rows = describe_changes(act, event.facts.get("fields", {}))
    others = {SUCCEED: _("bàn giao sang đơn vị kế tục")}
    return {
        "act": ACTS[act].label if act in ACTS else others.get(act, _("số liệu khi kết nạp")),
        "changes": "; ".join(f"{name} {before} → {after}" for name, before, after in rows),
    }


def _changes_of_class(event):
    """ "Điểm 7 → 8; Xếp loại Khá → Giỏi"."""
    rows = event.facts["fields"].items()
    labels = {name: Enrolment._meta.get_field(name).verbose_name for name, _pair in rows}
    return "; ".join(f"{labels[name]} {old or '–'} → {new or '–'}" for name, (old, new) in rows)


def _label(act, name):
    if name == "action":
        return _("Việc")
    fields = ASKED_BY_OUTCOME | COMMITTEE_BALLOT | ACTS[act].fields if act in ACTS else {}
    return fields[name].label if name in fields else NAMES.get(name, name)


def _value_in_words(act, name, value):
    if value in ("", None):
        return "–"
    if isinstance(value, Mapping):
        return value["words"]
    if name == "action":
        return str(ACTS[value].label)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    field = ACTS[act].fields.get(name) if act in ACTS else None
    if name in COUNTED and not field:
        model_field = fact_field(name)
        if model_field.choices:
            return str(dict(model_field.flatchoices).get(value, value))
        is_day = isinstance(model_field, DateField)
    else:
        is_day = field is not None and field.kind == FieldKind.DAY
    if is_day:
        return str(Birth.from_kept(value))
    return str(dict(field.choices).get(value, value)) if field is not None and field.choices else str(value)


def _sentence_of(event):
    if event.action in OTHER_EVENTS:
        return str(OTHER_EVENTS[event.action])
    act = ACTS[event.action]
    special = (words for fact, words in act.sentence_with.items() if event.facts.get(fact))
    return str(next(special, act.sentence))


UNCHANGING = ("reveal", "remind", "merged", "merged_no_more", *CLASS_EVENTS)
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
