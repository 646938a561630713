"""What the drawing of a plan itself leaves open: who takes over, in which half a unit stands, how namesakes are told
apart, whether a merged branch is rural. Each question comes with what was answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from branches.models import Organisation, UnitChange
from branches.reorganisation.new_unit import Heir, NewUnit, heir_key
from branches.reorganisation.outcome import Question
from notation.vietnamese import clean, fold

Answers = Mapping[str, Any]
BY_OLD_NAME, TYPED, ONE_BY_ONE = "old", "typed", "each"
"""How namesakes under one parent are told apart: by what they stood under before, by a typed name each, or one name
after the other."""
LONGEST = 120
"""Letters of a unit's name."""


def ask_heir(
    change: UnitChange, units: Sequence[Organisation], standing: Mapping[int, Organisation], answers: Answers
) -> tuple[Question, Organisation | None]:
    """(who takes over from `units`, whoever was chosen): units beside them, of their tier."""
    own = {unit.pk for unit in units}
    beside = [
        row
        for row in standing.values()
        if row.tier == units[0].tier and row.is_branch == units[0].is_branch and row.pk not in own
    ]
    near = [row for row in beside if row.parent_id == units[0].parent_id] or beside
    near.sort(key=lambda row: row.place_in_tables)
    key = f"into:{change.position}"
    answer = answers.get(key)
    chosen = next((row for row in near if heir_key(row) == answer), None)
    words = _("%(unit)s nhập vào đơn vị nào") % {"unit": " và ".join(unit.title for unit in units)}
    choices = [(heir_key(row), row.title) for row in near]
    detail = next((row["detail"] for row in change.facts if row.get("detail")), "")
    answer = answer if chosen else None
    return Question(key=key, words=words, detail=detail, choices=choices, answer=answer), chosen


def ask_branch(new: NewUnit, halves: Sequence[Heir], answers: Answers) -> tuple[Question, Heir | None]:
    """(in which of the `halves` a unit of a split parent stands, the half that was chosen)."""
    old = new.origins[0]
    key = f"branch:{old.pk}"
    chosen = next((half for half in halves if heir_key(half) == answers.get(key)), None)
    words = _("%(unit)s về đơn vị nào") % {"unit": old.title}
    choices = [(heir_key(half), half.title) for half in halves]
    return Question(
        key=key, words=words, choices=choices, answer=answers.get(key) if chosen else None
    ), chosen


def ask_rural(key: str, origins: Sequence[Organisation], answers: Answers) -> tuple[Question, bool]:
    """(whether what comes of rural and other branches is rural, the answer; so far as the first of them)."""
    name = f"rural:{key}"
    answer = answers.get(name)
    known = answer if answer in ("yes", "no") else None
    words = _("%(units)s thành một: chi bộ mới có phải chi bộ nông thôn không")
    question = Question(
        key=name,
        words=words % {"units": _(" và ").join(unit.title for unit in origins)},
        choices=[("yes", _("có")), ("no", _("không"))],
        answer=known,
    )
    return question, known == "yes" if known else origins[0].rural


def name_units(
    begins: Sequence[NewUnit], going_on: Iterable[Organisation], answers: Answers
) -> tuple[list[Question], list[str]]:
    """(questions, problems): another name is asked for where units under one parent would have the same, and what was
    answered is used; `going_on` are the units beside the new ones."""
    groups: dict[tuple[str, str], list[NewUnit]] = defaultdict(list)
    for new in begins:
        groups[_parent_key(new.parent), fold(new.name)].append(new)
    taken = {(f"unit:{row.parent_id}", row.search_name): row.title for row in going_on}
    double: dict[str, list[tuple[str, list[NewUnit]]]] = defaultdict(list)
    for (parent, name), namesakes in groups.items():
        if len(namesakes) + ((parent, name) in taken) > 1:
            double[parent].append((f"name:{parent}:{name}"[:LONGEST], namesakes))
    questions: list[Question] = []
    for parent, names in double.items():
        questions += _ask_for_names(parent, names, answers)
    return questions, _list_namesakes(begins, taken, questions)


def _ask_for_names(parent, names, answers):
    """One question for all double names under one parent, and each by itself where that was chosen."""
    if len(names) == 1:
        return _tell_apart(names[0][1], names[0][0], answers)
    key, above = f"name:{parent}"[:LONGEST], names[0][1][0].parent
    answer = answers.get(key) if answers.get(key) in (BY_OLD_NAME, ONE_BY_ONE) else None
    titles = [namesakes[0].title for _key, namesakes in names]
    more = _(" và %(n)d tên nữa") % {"n": len(titles) - 4} if len(titles) > 4 else ""
    question = Question(
        key=key,
        words=_("%(n)d tên trùng trong %(unit)s") % {"n": len(names), "unit": above.title if above else ""},
        detail=_("%(names)s. Ví dụ thêm tên cũ: %(example)s.")
        % {"names": ", ".join(titles[:4]) + more, "example": _by_old_name(names[0][1][0])},
        choices=[(BY_OLD_NAME, _("thêm tên cũ cho tất cả")), (ONE_BY_ONE, _("chọn từng tên"))],
        answer=answer,
    )
    questions = [question]
    for own, namesakes in names if answer else ():
        if answer == BY_OLD_NAME:
            for new in namesakes:
                new.name = _by_old_name(new)
        else:
            questions += _tell_apart(namesakes, own, answers)
    return questions


def _parent_key(parent):
    return "" if parent is None else heir_key(parent)


def _tell_apart(namesakes, key, answers):
    wishes = {new.key: _by_old_name(new) for new in namesakes}
    title = namesakes[0].title
    answer = answers.get(key) if answers.get(key) in (BY_OLD_NAME, TYPED) else None
    questions = [
        Question(
            key=key,
            words=_("%(n)d đơn vị trùng tên “%(name)s”") % {"n": len(namesakes), "name": title},
            detail=_("Thêm tên cũ: %(names)s") % {"names": ", ".join(wishes.values())},
            choices=[(BY_OLD_NAME, _("thêm tên cũ")), (TYPED, _("ghi tên từng đơn vị"))],
            answer=answer,
        )
    ]
    for new in namesakes if answer else ():
        if answer == BY_OLD_NAME:
            new.name = wishes[new.key]
            continue
        own = f"name:{new.key}"
        typed = clean(str(answers.get(own) or ""))[:LONGEST]
        words = _("Tên mới của %(unit)s (thuộc %(old)s)")
        old = new.origins[0]
        facts = {"unit": new.title, "old": old.parent.title if old.parent else old.title}
        questions.append(Question(key=own, words=words % facts, kind="text", answer=typed or None))
        new.name = typed or new.name
    return questions


def _by_old_name(new):
    """The name with what the unit stood under: "Trường THCS Yên Đồng"; with its code where it stood under none."""
    above = new.origins[0].parent
    return f"{new.name} {above.name if above else new.code}"[:LONGEST]


def _list_namesakes(begins, taken, questions):
    """A problem for each name that is still there twice although somebody answered."""
    asked = {question.key for question in questions if question.is_open}
    seen, problems = dict(taken), []
    for new in begins:
        place = _parent_key(new.parent), fold(new.name)
        key = f"name:{place[0]}:{place[1]}"[:LONGEST]
        asks = {key, f"name:{place[0]}"} & asked
        if place in seen and not asks and f"name:{new.key}" not in asked:
            words = _("Dưới cùng một đơn vị từ ngày ấy có hai “%(name)s”: đặt tên khác cho một.")
            problems.append(words % {"name": new.title})
        seen[place] = new.title
    return problems
