from datetime import date

import pytest

from admissions import workflow
from admissions.models import Dossier
from admissions.sources.opinions import Answer, answer_proposals
from admissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2017, 2, 27)


def proposed(district, what="class", branch=None):
    row = factories.dossier(branch or district.rural, district.staff)
    facts = {"what": what, "number": "03-NQ/CB", "reason": "đi làm xa"}
    workflow.perform(row, "propose_source", by=district.staff, on=date(2017, 2, 14), **facts)
    return row


def answer(district, *answers, by=None, on=ON):
    return answer_proposals(answers, by=by or district.commune, on=on, number="05-NQ/ĐU")


def test_each_answer_is_the_act_that_it_stands_for(district):
    to_class, out, kept = proposed(district), proposed(district, "removal"), proposed(district, "procedure")
    opinions = answer(
        district,
        Answer(to_class, agree=True, seen=to_class.version),
        Answer(out, agree=True, seen=out.version),
        Answer(kept, agree=False, seen=kept.version, reason="xét lại tháng 3"),
    )
    assert [event.action for event in opinions.recorded] == ["agree_proposal", "agree_removal", "keep_source"]
    assert opinions.refused == {}
    rows = Dossier.objects.in_bulk()
    assert rows[to_class.pk].class_agreed_on == ON
    assert rows[out.pk].state == State.WITHDRAWN
    assert (rows[kept.pk].permitted_on, rows[kept.pk].proposal) == (None, "")


def test_one_that_is_refused_leaves_its_dossier_and_the_others_are_recorded(district):
    good, stale, reasonless = (proposed(district) for _ in range(3))
    opinions = answer(
        district,
        Answer(stale, agree=True, seen=stale.version - 1),
        Answer(reasonless, agree=False, seen=reasonless.version),
        Answer(good, agree=True, seen=good.version),
    )
    assert [event.dossier_id for event in opinions.recorded] == [good.pk]
    assert "vừa có người ghi thêm" in opinions.refused[stale.pk][0]
    assert opinions.refused[reasonless.pk] == ["Cần ghi lý do."]
    for row in (stale, reasonless):
        kept = Dossier.objects.get(pk=row.pk)
        assert (kept.proposal, kept.events.count()) == ("class", 2)


def test_a_day_before_the_proposal_and_another_communes_people_are_refused(district):
    row, far = proposed(district), proposed(district, branch=district.far)
    early = answer(district, Answer(row, agree=True, seen=row.version), on=date(2017, 2, 13))
    assert "trước ngày chi bộ đề nghị" in early.refused[row.pk][0]
    assert (
        "việc này do người có quyền"
        in answer(district, Answer(far, agree=True, seen=far.version)).refused[far.pk][0]
    )


def test_an_old_proposal_does_not_come_back_with_a_new_listing(district):
    row = proposed(district)
    workflow.perform(row, "withdraw", by=district.staff, on=date(2017, 2, 20), reason="xin rút")
    workflow.perform(row, "relist", by=district.staff, on=date(2017, 2, 24))
    assert Dossier.objects.get(pk=row.pk).proposal == ""
