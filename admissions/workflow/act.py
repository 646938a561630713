"""The shape of an act: one row tells everything the software has to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.choices import Body, Manner
from admissions.models import Dossier, Reason
from admissions.states import State

Words = str | Promise


class Why(str):
    """Why an act cannot be taken, as a clause; `where` names the part of the dossier's page to look at.

    `settled`: there is nothing to do about it, the act is done or does not apply; another one leads on.
    """

    where = ""
    settled = False

    def __new__(cls, words: Words, where: str = "", *, settled: bool = False) -> "Why":
        self = super().__new__(cls, words)
        self.where, self.settled = where, settled
        return self


class FieldKind(Enum):
    """What is typed into a field of an act's form; `admissions.forms.acts` makes the field of each kind."""

    DAY = auto()
    NUMBER = auto()
    """The number of a document, as printed: "14-NQ/CB"."""
    DAYS = auto()
    """Working days of an extension."""
    PEOPLE = auto()
    """A number of people in a ballot."""
    LINE = auto()
    PARAGRAPH = auto()
    PERSON = auto()
    HELPER = auto()
    """Whoever helps the person now or has helped them."""
    BRANCH = auto()
    DOUBLE = auto()
    """Another dossier of what is near-certainly the same person."""
    CHOICE = auto()
    """One of `choices`."""
    REASON = auto()
    """One of the reasons that the catalogues offer for `reasons`."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of an act's form. Its key in `Act.fields` is the argument of `Act.apply`."""

    label: Words
    kind: FieldKind
    required: bool = True
    max_length: int | None = None
    initial: int | None = None
    help_text: Words = ""
    choices: tuple = ()
    reasons: Reason.Use | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingOutcome:
    """The act follows from a vote of `body` on a dossier in `state`, if the vote `passed` or if it did not."""

    body: Body
    state: State
    passed: bool


BODIES = {
    Permission.ENTER: Body.BRANCH,
    Permission.BRANCH_WORK: Body.BRANCH,
    Permission.BASE_WORK: Body.BASE,
    Permission.APPRAISE: Body.STANDING,
    Permission.DECIDE: Body.STANDING,
    Permission.ANNUL: Body.STANDING,
}
"""Whose work a permission allows: the board works for the standing committee."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Everything that the software has to know of one act.

    `label` is on the button, or `asks` where the vote decides which act it will be.
    `apply(dossier, **facts)` does the act and returns the state that follows.
    `leads` is the state that follows from each of `sources`, or from `leads_from` alone when that is given;
    None leaves the state as it is. `blocked` says why this dossier cannot take the act now, or None.
    A `main` act leads on; the others are ways round and out.
    `fields` are the form's, in order. `sentence` tells of the act in the history, with the event's facts;
    `sentence_with` has another sentence for events that hold the fact named by its key.
    `body` gives the document its number, so the form proposes the next one and tells the vote's rule.
    `acting` are the bodies whose act it is, so that their units must stand on its day (`workflow.standing`); it may
    follow from the state, and where nothing is said it follows from the permission (`BODIES`).
    `outcomes` are the votes of a meeting that the act follows from; `puts_off` acts need no vote there.
    `told_as` is the event that the dossier named by the fact `into` gets beside.
    An act that `ends` something, or that others rest on, is shown with what follows before it is recorded.
    A `statutory` act is corrected by two people, as is one that makes a body's document or needs the right to decide.
    Beside the form stand the candidate's conditions (`shows_conditions`) and the papers that are
    missing in `shows_papers` (phases of the procedure).
    """

    label: Words
    sources: tuple[State, ...]
    permission: Permission
    apply: Callable[..., str]
    sentence: Words
    leads: State | None = None
    leads_from: tuple[State, ...] = ()
    blocked: Callable[[Dossier], Why | None] = lambda dossier: None
    main: bool = True
    fields: Mapping[str, Field] = field(default_factory=dict)
    sentence_with: Mapping[str, Words] = field(default_factory=dict)
    body: Body | None = None
    acting: tuple[Body, ...] | Mapping[State, Body] = ()
    outcomes: tuple[MeetingOutcome, ...] = ()
    puts_off: bool = False
    shows_conditions: bool = False
    shows_papers: tuple[str, ...] = ()
    statutory: bool = False
    asks: Words = ""
    ends: bool = False
    told_as: str = ""

    @property
    def button(self) -> Words:
        """What leads to the act."""
        return self.asks or self.label

    @property
    def takes_two(self) -> bool:
        """Whether a correction of the act needs a second person who agrees."""
        decides = self.permission in (Permission.DECIDE, Permission.ANNUL)
        return self.statutory or self.body is not None or decides

    def bodies(self, state: str) -> tuple[Body, ...]:
        """Whose act it is on a dossier in `state`."""
        if isinstance(self.acting, Mapping):
            return (self.acting[State(state)],)
        return self.acting or (BODIES[self.permission],)

    def target(self, source: State) -> State:
        """The state that the act leads to from `source`."""
        return self.leads if self.leads and source in (self.leads_from or self.sources) else source


def day_field(label: Words) -> dict[str, Field]:
    """The field of the day on which the act was done."""
    return {"on": Field(label=label, kind=FieldKind.DAY)}


def number_field(label: Words) -> dict[str, Field]:
    """The field of the number of the document that the act brings."""
    return {"number": Field(label=label, kind=FieldKind.NUMBER, max_length=40)}


def consent_field(label: Words) -> dict[str, Field]:
    """The field of the document by which a higher committee consents; it may stay empty."""
    return {"consent": Field(label=label, kind=FieldKind.LINE, max_length=120, required=False)}


def paragraph_field(label: Words, *, required: bool = True) -> Field:
    """A field for several lines: a reason or an opinion."""
    return Field(label=label, kind=FieldKind.PARAGRAPH, max_length=500, required=required)


def reason_fields(reasons: Reason.Use) -> dict[str, Field]:
    """Two fields: a reason chosen from the catalogue `reasons`, and more words; one of them is needed."""
    return {
        "why": Field(
            label=gettext_lazy("Lý do"),
            kind=FieldKind.REASON,
            reasons=reasons,
            required=False,
        ),
        "reason": paragraph_field(gettext_lazy("Ghi rõ thêm"), required=False),
    }


def people_field(label: Words, **kwargs) -> Field:
    return Field(label=label, kind=FieldKind.PEOPLE, **kwargs)


def ballot_fields(members: Words) -> dict[str, Field]:
    """The fields of a vote; `members` is what its base is called."""
    return number_field(gettext_lazy("Số nghị quyết")) | {
        "members": people_field(members),
        "excluded": people_field(gettext_lazy("Được trừ theo quy định"), initial=0),
        "present": people_field(gettext_lazy("Có mặt")),
        "agree": people_field(gettext_lazy("Đồng ý")),
        "disagree": people_field(gettext_lazy("Không đồng ý")),
        "excluded_why": Field(
            label=gettext_lazy("Trừ ai, vì sao"), kind=FieldKind.LINE, max_length=300, required=False
        ),
        "manner": Field(
            label=gettext_lazy("Cách biểu quyết"),
            kind=FieldKind.CHOICE,
            choices=tuple(Manner.choices),
            required=False,
        ),
    }


MEETING_DAY = day_field(gettext_lazy("Ngày họp"))
REASON_IN_WORDS = {"reason": paragraph_field(gettext_lazy("Lý do"))}
DECISION = day_field(gettext_lazy("Ngày ký quyết định")) | number_field(gettext_lazy("Số quyết định"))
BRANCH_BALLOT = MEETING_DAY | ballot_fields(gettext_lazy("Đảng viên chính thức"))
COMMITTEE_BALLOT = MEETING_DAY | ballot_fields(gettext_lazy("Số cấp ủy viên"))
STANDING_BALLOT = MEETING_DAY | {
    name: field
    for name, field in ballot_fields(gettext_lazy("Ủy viên Ban Thường vụ")).items()
    if name != "number"
}
"""The vote of the deciding body where nothing is decided by it: such a vote has no number."""
