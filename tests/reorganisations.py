"""Plans of changes for tests, on the small district of `tests.factories`."""

from datetime import date

from branches.models import Organisation, Reorganisation, UnitChange
from branches.reorganisation import questions

DAY = date(2017, 2, 1)
"""The first day of the new structure; the suite runs on 27/02/2017."""


def plan(unit, by, *changes, day=DAY, title="Sắp xếp lại"):
    """A draft of `changes`, each {"kind", "units", "into", "facts"}."""
    row = Reorganisation.objects.create(
        title=title,
        number="96-QĐ/HU",
        decided_on=date(2017, 1, 20),
        issuer="Ban Thường vụ Huyện ủy",
        day=day,
        unit=unit,
        owner=by,
    )
    for place, change in enumerate(changes, 1):
        facts = {"kind": change["kind"], "into": change.get("into"), "facts": change.get("facts", [])}
        made = UnitChange.objects.create(plan=row, position=place, **facts)
        made.units.set(change["units"])
    return row


def merge(*units, into=None, **facts):
    return {"kind": "merge", "units": units, "into": into, "facts": [facts] if facts else []}


def split(unit, *names):
    return {"kind": "split", "units": [unit], "facts": [{"name": name} for name in names]}


def change(what, /, *units, **facts):
    return {"kind": what, "units": units, "facts": [facts]}


def answer_all(row, by):
    """Take the first choice of every open question that blocks; numbers all go to the first."""
    for _round in range(20):
        question = next((one for one in questions.list_questions(row) if one.is_open and one.blocking), None)
        if question is None:
            return
        questions.choose(row, question.key, first_answer(question), by=by)


def first_answer(question):
    if question.kind == "text":
        return f"Tên {question.key}"
    values = [value for value, _label in question.choices]
    return {values[0]: question.total} if question.kind == "numbers" else values[0]


def tree(day):
    """[(title, code, title above, rural)] of every unit that stands on `day`."""
    rows = Organisation.objects.on(day).select_related("parent").order_by("path")
    return [(row.title, row.code, row.parent and row.parent.title, row.rural, row.pk) for row in rows]
