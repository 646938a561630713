"""A plan whose day is still to come waits; that morning it is rehearsed again and carried out if nothing differs.

What was agreed to is the tree, the figures of the past and the quotas. Dossiers go on meanwhile, so that the numbers of
the running year may be others; they must be equal before and after all the same.
"""

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from branches.models import Reorganisation
from branches.reorganisation.carry_out import carry_out, lock_plan, refuse_unfit
from branches.reorganisation.outcome import Rehearsal, as_data, read_rehearsal
from branches.reorganisation.rehearsal import rehearse
from notation.dates import dmy, today

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

log = logging.getLogger(__name__)
State = Reorganisation.State


def schedule(plan: Reorganisation, *, by: "_User", seen: int | None = None) -> Rehearsal:
    """Let `plan` wait for its day, with the totals of a rehearsal of now. Raises `ValidationError` as carrying out."""
    if plan.day <= today():
        raise ValidationError(_("Ngày %(day)s đã tới: thực hiện luôn.") % {"day": dmy(plan.day)})
    with transaction.atomic():
        row = lock_plan(plan, seen=seen)
        done = rehearse(row, by=by)
        refuse_unfit(done)
        row.state, row.totals, row.held_because = State.SCHEDULED, as_data(done), ""
        row.owner, row.version = by, row.version + 1
        row.save()
    plan.refresh_from_db()
    return done


def withdraw(plan: Reorganisation, *, by: "_User") -> None:
    """Let go of a plan that was not carried out. Raises `ValidationError`, `PermissionDenied`."""
    if not by.may("change_units", plan.unit):  # type: ignore[attr-defined]  # accounts.User
        raise PermissionDenied
    with transaction.atomic():
        row = lock_plan(plan)
        row.state, row.version = State.WITHDRAWN, row.version + 1
        row.save()
    plan.refresh_from_db()


def carry_out_due() -> list[Reorganisation]:
    """Carry out the scheduled plans whose day has come; one whose totals differ is held, and its owner told why."""
    due = Reorganisation.objects.filter(state=State.SCHEDULED, day__lte=today()).order_by("day", "pk")
    plans = list(due.select_related("unit", "owner"))
    with override(settings.LANGUAGE_CODE):
        for plan in plans:
            _carry_out_one(plan)
    return plans


def _carry_out_one(plan):
    try:
        with transaction.atomic():
            done = carry_out(plan, by=plan.owner)
            if differences := compare_rehearsals(read_rehearsal(plan.totals), done):
                raise ValidationError(differences)
    except PermissionDenied:
        _hold(plan, [_("%(who)s nay không còn quyền thay đổi tổ chức.") % {"who": plan.owner}])
    except ValidationError as refusal:
        _hold(plan, refusal.messages)


def compare_rehearsals(agreed: Rehearsal, found: Rehearsal) -> list[str]:
    """In sentences what reads otherwise in `found` than in the rehearsal that was `agreed` to."""
    said = []
    if _lines(agreed) != _lines(found):
        said.append(_("Cây tổ chức sau thay đổi khác lần chạy thử đã đồng ý."))
    before = {row.key: row for row in agreed.totals}
    for row in found.totals:
        then = before.get(row.key)
        if then is None or not _is_agreed(row, agreed):
            continue
        if (then.total_after, then.proof_after) != (row.total_after, row.proof_after):
            words = _("%(group)s, %(label)s: lần đồng ý %(then)s, nay %(now)s.")
            facts = {"group": row.group, "label": row.label}
            said.append(words % {**facts, "then": then.total_after, "now": row.total_after})
    return said


def _lines(rehearsal):
    return [(line.depth, line.title, line.is_new) for line in rehearsal.tree.after]


def _is_agreed(row, agreed):
    """Whether a row must read as it did: the form of a year that had ended, a closed quarter, the quotas."""
    year = agreed.at[:4]
    if row.key.startswith("running-quota") or row.key.startswith("closed-"):
        return True
    return row.key.startswith("form-") and not row.key.startswith(f"form-{year}")


def _hold(plan, why):
    """Let the plan wait for somebody to look, and tell its owner why."""
    because = "\n".join(why)
    rows = Reorganisation.objects.filter(pk=plan.pk, state=State.SCHEDULED)
    rows.update(state=State.HELD, held_because=because, version=plan.version + 1)
    plan.refresh_from_db()
    if not plan.owner.email:
        return
    subject = _("Chưa thực hiện: %(title)s") % {"title": plan.title}
    words = _("Sáng %(day)s chạy thử lại và dừng, vì:\n%(why)s\n\nXem: %(address)s")
    address = f"{settings.SITE_URL}{plan.get_absolute_url()}"
    body = words % {"day": dmy(today()), "why": because, "address": address}
    try:
        send_mail(subject, body, None, [plan.owner.email])
    except (SMTPException, OSError) as error:
        log.warning("the owner of plan %s was not told: %s", plan.pk, error)
