"""A dossier with everything a letter may say."""

from datetime import date

from admissions import workflow
from admissions.letters.kinds import BY_HELPERS
from admissions.models import Vote
from admissions.states import State
from tests import factories
from tests.kept import kept


@kept
def dossier(district):
    """On probation, remarked on by the helper, with both ballots on conversion held; a name that would break markup."""
    person = factories.candidate(full_name="Đỗ A & B <x>")
    row = factories.dossier(district.rural, district.staff, person=person)
    row = factories.reach(row, State.PROBATIONARY, district.staff)
    for on, text in (
        (date(2016, 11, 30), "Tích cực."),
        (date(2017, 2, 5), "Lập trường vững;\nhoàn thành việc được giao"),
    ):
        workflow.perform(row, "remark_helper", by=district.staff, on=on, helper=row.helper, text=text)
    row.papers.filter(code__in=BY_HELPERS).update(dated_on=date(2016, 12, 1))
    row.refresh_from_db()
    for body, number in ((Vote.Body.BRANCH, "21-NQ/CB"), (Vote.Body.BASE, "77-NQ/ĐU")):
        vote(row, body, Vote.Purpose.CONVERSION, held_on=date(2018, 2, 5), number=number)
    return row


def vote(row, body, purpose, **facts):
    values = {"members": 18, "present": 16, "agree": 15, "disagree": 1, "needed": 12, "passed": True}
    return Vote.objects.create(dossier=row, body=body, purpose=purpose, **values | facts)
