"""The reform of 01/07/2025 on the generated register: districts end, their communes merge, the branches go along."""

import time
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction

from accounts.models import Post, User
from accounts.roles import Role
from admissions.models import Dossier
from bench import generate
from branches.models import Organisation, Reorganisation, Tier, UnitChange
from branches.reorganisation.carry_out import carry_out
from branches.reorganisation.questions import choose, list_questions
from branches.reorganisation.rehearsal import rehearse
from branches.reorganisation.undo import undo
from reports.figures import figures
from reports.measures import MEASURES
from reports.periods import span_of_years

DAY = generate.TODAY + timedelta(days=1)
TOGETHER = 4
"""So many communes of a district become one, about as in 2025."""

ENTERED = """
INSERT INTO admissions_event (dossier_id, no, action, from_state, to_state, "on", at, by_id, facts, changes)
SELECT id, 1, 'enter', '', state, listed_on, now(), %s, '{}', '{}' FROM admissions_dossier
"""


def case_reorganisation(bench):
    """A rehearsal, the carrying out and the undoing of one plan, against one count of every measure of every unit."""
    admin = _events_and_administrator()
    settings.TODAY = DAY
    top = Organisation.objects.roots().get()
    plan = _plan(top, admin)
    try:
        took = {"count": [_timed(lambda: _count(top)) for _n in range(3)]}
        took["rehearsal"] = [_timed(lambda: _expect(rehearse(plan, by=admin)))]
        took["carry out"] = [_timed(lambda: _expect(carry_out(plan, by=admin)))]
        moved = Dossier.objects.filter(version__gt=1).count()
        took["undo"] = [_timed(lambda: undo(plan, by=User.objects.get(pk=admin.pk), reason="bench"))]
    finally:
        settings.TODAY = generate.TODAY
    count = sorted(took["count"])[1]
    return {
        "times": took,
        "ratios": {f"{name} / count": took[name][0] / count for name in ("rehearsal", "carry out", "undo")},
        "notes": [f"{moved} dossiers went over, {plan.handed_rows.count()} rows kept"],
    }


def _timed(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _expect(done):
    assert done.all_equal and not done.problems, done.problems[:3]


def _count(top):
    """Every measure of every unit over all years: one count of all figures."""
    figures.count_by_unit(top, span_of_years(generate.FIRST.year, DAY.year), tuple(MEASURES.values()))


def _events_and_administrator():
    """The register has no events: each dossier gets the one by which it was entered."""
    top = Organisation.objects.roots().get()
    admin = User.objects.create_user("reform", "mat-khau-dai", full_name="Trần Quang Huy")
    Post.objects.create(user=admin, unit=top, role=Role.ADMINISTRATOR, since=date(2010, 1, 1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTERED, [admin.pk])
        Dossier.objects.update(event_count=1, version=1)
        cursor.execute("ANALYZE")
    return admin


def _plan(top, admin):
    facts = {"number": "NQ 1676", "decided_on": date(2017, 1, 16), "issuer": "UBTVQH", "day": DAY}
    plan = Reorganisation.objects.create(title="Bỏ cấp huyện", unit=top, owner=admin, **facts)
    districts = list(Organisation.objects.filter(tier=Tier.DISTRICT).order_by("pk"))
    if top.tier == Tier.PROVINCE:
        for district in districts:
            _change(plan, "dissolve", [district], into=top)
    for district in districts:
        communes = list(Organisation.objects.filter(parent=district, is_base_branch=False).order_by("pk"))
        for start in range(0, len(communes), TOGETHER):
            units = communes[start : start + TOGETHER]
            name = {"name": f"Hợp nhất {units[0].pk}", "parent": top.pk}
            _change(plan, "merge", units, facts=[name])
    for question in list_questions(plan):
        if question.blocking and question.is_open:
            choose(plan, question.key, question.choices[0][0], by=admin)
    return plan


def _change(plan, kind, units, into=None, facts=()):
    change = UnitChange.objects.create(
        plan=plan, position=plan.changes.count() + 1, kind=kind, into=into, facts=[*facts]
    )
    change.units.set(units)
