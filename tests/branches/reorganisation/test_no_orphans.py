"""Every key to a unit is handed over when its unit ends, or it is said here why it stays. A new one fails this test."""

import pytest

from branches.reorganisation.undo import unit_relations

HANDED = {
    "accounts.post.unit": "accounts.hand_over.hand_over_posts",
    "admissions.awarenessclass.unit": "admissions.workflow.unit_rows.hand_over_classes",
    "admissions.decidingbody.unit": "admissions.workflow.unit_rows.hand_over_deciders",
    "admissions.dossier.branch": "admissions.workflow.hand_over.hand_over_dossiers",
    "admissions.dossier.commune": "admissions.workflow.hand_over.hand_over_dossiers",
    "admissions.meeting.unit": "admissions.workflow.unit_rows.hand_over_meetings",
    "branches.mandate.unit": "branches.reorganisation.writing.write_tree",
    "branches.organisation.parent": "branches.reorganisation.layout.draw_layout",
    "oversight.explanationrequest.unit": "oversight.letters.hand_over_requests",
    "oversight.follower.unit": "oversight.hand_over.hand_over_assignments",
    "oversight.plan.unit": "oversight.hand_over.hand_over_arrangements",
    "oversight.task.unit": "oversight.tasks.hand_over_tasks",
    "oversight.team.unit": "oversight.hand_over.hand_over_arrangements",
    "oversight.teamunit.unit": "oversight.hand_over.hand_over_assignments",
    "oversight.visit.unit": "oversight.hand_over.hand_over_arrangements",
    "reports.membercount.unit": "reports.quotas.hand_over.hand_over_member_counts",
    "reports.quota.unit": "reports.quotas.hand_over.hand_over_quotas",
    "reports.savedview.unit": "reports.saved_views.hand_over_views",
}
"""{key to a unit: the function that hands its rows over}."""

STAYS = {
    "admissions.document.issuer": "a number was given by the body of that time",
    "admissions.dossier.admitted_branch": "who admitted stays, so that the figures of then stay",
    "admissions.dossier.admitted_commune": "as its branch",
    "admissions.enrolment.branch": "a class is counted in the units of its time; the dossier goes over",
    "admissions.enrolment.commune": "as its branch",
    "branches.reorganisation.unit": "where a change was made",
    "branches.succession.predecessor": "what became of a unit",
    "branches.succession.successor": "where a unit came from",
    "branches.unitchange.into": "a plan names the units of its day and finds what took over from them",
    "branches.unitchange_units.organisation": "as what takes in",
    "oversight.reportpassage.unit": "the report of a period is that of the unit of then",
    "oversight.review.unit": "what a meeting of the branch of then found",
    "oversight.reviewreminder.unit": "as the review",
    "oversight.reward.unit": "whoever earned it keeps it",
    "reports.closedadmission.admitted_branch": "a closed quarter stays to the byte",
    "reports.closedadmission.admitted_commune": "as its branch",
    "reports.closedline.unit": "a closed quarter stays to the byte",
    "reports.closedmovement.branch": "a closed quarter stays to the byte",
    "reports.quarterconfirmation.unit": "the figures that the unit of then confirmed",
    "reports.job.unit": "a file that somebody made",
    "reports.membershipmovement.branch": "the quarter of the branch of then; the heir begins with what it is given",
    "reports.reporttext.unit": "the report of a period is that of the unit of then",
    "reports.unittotals.unit": "a closed quarter stays to the byte",
}
"""{key to a unit: why its rows stay with a unit that ended}."""


def test_every_key_to_a_unit_is_handed_over_or_stays_for_a_reason():
    keys = {
        f"{model._meta.label_lower}.{field}" for model, field in unit_relations() if not model._meta.proxy
    }
    assert keys == HANDED.keys() | STAYS.keys()
    assert not HANDED.keys() & STAYS.keys()


@pytest.mark.parametrize("name", sorted(set(HANDED.values())))
def test_the_function_that_hands_over_is_asked(name, settings):
    module, _dot, function = name.rpartition(".")
    assert name in settings.HANDED_OVER_BY or module.startswith("branches.reorganisation"), function
