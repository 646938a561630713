"""closed + adjustments = live, for every unit and measure, after any sequence of operations."""

from datetime import date

from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admissions import workflow
from admissions.exceptions import Refused
from admissions.models import Dossier
from branches.models import Kind, Organisation, Succession, Tier
from reports.closing.close import close_quarter
from reports.periods import quarter_period
from tests import factories
from tests.closings import annul, holds
from tests.examples import PropertyTestCase, examples

WHICH = st.integers(0, 9)
DAYS = st.dates(date(2016, 9, 1), date(2017, 1, 31))
OPERATION = st.one_of(
    st.tuples(st.just("late"), WHICH, DAYS),
    st.tuples(st.just("annul"), WHICH, DAYS),
    st.tuples(st.just("edit"), WHICH, DAYS),
    st.tuples(st.just("move"), WHICH, DAYS),
    st.tuples(st.just("date"), WHICH, DAYS),
    st.tuples(st.just("facts"), WHICH, DAYS),
    st.tuples(st.just("place"), WHICH, DAYS),
    st.tuples(st.just("end"), WHICH, DAYS),
)


class AnySequence(PropertyTestCase):
    @settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(DAYS, max_size=3), st.lists(OPERATION, max_size=8))
    def test_closed_and_adjustments_make_what_is_live(self, admitted, operations):
        place = self.begin()
        self.branches = [place.rural, place.school, place.far]
        for n, day in enumerate(admitted):
            factories.admitted(self.branches[n], place.staff, on=day)
        closing = close_quarter(quarter_period(2016, 4), by=place.admin)
        holds(closing)
        for operation, n, day in operations:
            self.do(place, operation, n, day)
        holds(closing)

    def do(self, place, operation, n, day):
        """One operation, on the n-th dossier or branch; one that the register refuses changes nothing."""
        rows = list(Dossier.objects.filter(decided_on__isnull=False).order_by("pk"))
        row = rows[n % len(rows)] if rows else None
        branch = self.branches[n % len(self.branches)]
        try:
            if operation == "late":
                sex = "male" if n % 2 else "female"
                factories.admitted(branch, place.staff, on=day, sex=sex, exception="nộp muộn")
            elif operation == "end":
                with transaction.atomic():
                    self.end(place, branch, day)
            elif row is None:
                return
            elif operation == "annul" and row.annulled_on is None:
                annul(row, place.leader)
            elif operation == "edit":
                row.candidate.full_name = f"Nguyễn Văn {'Abcdeghikl'[n]}a"
                changed = {"full_name": ["", ""]}
                workflow.edit_dossier(
                    row.candidate, row, by=place.staff, changed=changed, exception="sai tên"
                )
            elif operation == "move":
                workflow.perform(
                    row, "move", by=place.staff, on=date(2017, 2, 20), branch=branch, helper="Lê Văn An"
                )
            else:
                with transaction.atomic():
                    Dossier.objects.filter(pk=row.pk).update(**self.raw(operation, n, day, branch))
        except (Refused, IntegrityError):
            pass

    def raw(self, operation, n, day, branch):
        """Columns that no page changes, as a repair by hand would."""
        if operation == "date":
            return {"decided_on": day, "ceremony_on": None, "decision_received_on": None}
        if operation == "facts":
            return {"admitted_age": 15 + 6 * n, "admitted_youth": n % 2 == 0, "admitted_education": "primary"}
        return {"admitted_branch": branch, "admitted_commune": branch.base_organisation}

    def end(self, place, branch, day):
        """The branch ends and a successor begins."""
        Organisation.objects.filter(pk=branch.pk, valid_to=None).update(valid_to=day)
        new = factories.unit(branch.parent, Tier.BRANCH, Kind.VILLAGE, "Mới", valid_from=day)
        Succession.objects.create(predecessor=branch, successor=new, on=day, basis="NQ 1")
        self.branches.append(new)
