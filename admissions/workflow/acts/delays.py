"""Why a decision is late: what the appraiser says of it, beside what follows from the events."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from admissions.exceptions import gather_refusals
from admissions.models import Dossier, Reason
from admissions.rules.deadlines import RUNNING, pauses_of
from admissions.rules.lateness import passed_limit
from admissions.rules.working_days import load_calendar
from admissions.states import ON_CONVERSION, State
from admissions.workflow.act import Act, Why, day_field, reason_fields
from admissions.workflow.acts.guards import refuse_future, require_reason
from notation.dates import today


def note_delay(dossier: Dossier, *, on: date, reason: str) -> str:
    """Say the main reason why the decision came, or comes, after its limit; the last one noted counts."""
    with gather_refusals() as refusals:
        with refusals:
            refuse_future(on)
        with refusals:
            require_reason(reason)
    return dossier.state


def blocked_in_time(dossier: Dossier) -> Why | None:
    """There is no delay to explain while the limit of the decision has not passed."""
    pauses = pauses_of(dossier.events.all(), today()) if dossier.returns else ()
    day = dossier.decided_on or today()
    if passed_limit(dossier, "decision", day, load_calendar(), pauses):
        return None
    return Why(_("quyết định kết nạp không quá hạn"), "steps", settled=True)


DECIDED_HERE = (State.DECIDED, *ON_CONVERSION, State.OFFICIAL)

DELAY_ACTS = {
    "note_delay": Act(
        label=gettext_lazy("Ghi lý do quá hạn"),
        sources=(*(State(state) for state, clock in RUNNING.items() if clock == "decision"), *DECIDED_HERE),
        permission=Permission.APPRAISE,
        apply=note_delay,
        blocked=blocked_in_time,
        main=False,
        fields=day_field(gettext_lazy("Ngày ghi")) | reason_fields(Reason.Use.DELAY),
        sentence=gettext_lazy("Lý do quá hạn quyết định: “%(reason)s”."),
    ),
}
"""The act that explains a delay."""
