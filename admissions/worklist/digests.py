"""The morning's mail: to whom, what it says, and that it was sent."""

import logging
from collections.abc import Iterable
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.backends import may_sign_in
from accounts.models import User
from admissions import workflow
from admissions.models import Correction, Digest
from admissions.worklist import reminders
from notation.dates import dmy

log = logging.getLogger(__name__)


def send_digests(today: date) -> tuple[int, int]:
    """Send the mail of `today` to everyone who wants it and did not get it yet; (sent, not sent).

    One whose mail server refuses is left for the next run; the others get theirs. Mails are in Vietnamese.
    """
    sent = failed = 0
    wanting = User.objects.filter(is_active=True, wants_digest=True).exclude(email="").order_by("pk")
    with override(settings.LANGUAGE_CODE):
        for user in filter(may_sign_in, wanting):
            try:
                sent += _send_to(user, today)
            except (SMTPException, OSError) as error:
                failed += 1
                log.warning("the reminder of %s was not sent: %s", user.username, error)
    return sent, failed


def _send_to(user, today):
    """Whether a mail went out. The row comes first: of two runs at once only one gets past it."""
    rows = reminders.due_for(user, today)
    asked = list(_corrections_to_answer(user))
    if not rows and not asked:
        return False
    with transaction.atomic():
        try:
            with transaction.atomic():
                Digest.objects.create(user=user, on=today, lines=len(rows) + len(asked))
        except IntegrityError:
            return False
        for row in rows:
            workflow.record_reminder(row.dossier, by=user, limit=row.limit, stage=row.stage, due=row.due)
        send_mail(_subject(rows, asked, today), digest_text(rows, asked), None, [user.email])
    return True


def _corrections_to_answer(user):
    """The corrections that wait for `user` as the second person; one who was named is told instead of the others."""
    rows = Correction.objects.waiting_for(user).filter(Q(named=None) | Q(named=user))
    return rows.select_related("dossier__branch")


def _subject(rows, asked, today):
    late = sum(row.stage == "late" for row in rows)
    parts = [
        ngettext("%(n)d hạn đã quá", "%(n)d hạn đã quá", late) % {"n": late} if late else "",
        ngettext("%(n)d hạn sắp tới", "%(n)d hạn sắp tới", len(rows) - late) % {"n": len(rows) - late}
        if len(rows) > late
        else "",
        ngettext("%(n)d việc sửa chờ trả lời", "%(n)d việc sửa chờ trả lời", len(asked)) % {"n": len(asked)}
        if asked
        else "",
    ]
    words = ", ".join(filter(None, parts))
    return _("Sổ kết nạp %(day)s: %(words)s") % {"day": dmy(today), "words": words}


def digest_text(rows: Iterable[reminders.Reminder], asked: Iterable[Correction]) -> str:
    """The mail: what is overdue, what comes up, what to answer. Numbers and units, no names of people."""
    groups = ((_("ĐÃ QUÁ HẠN"), "late"), (_("SẮP ĐẾN HẠN"), "soon"))
    parts = []
    for head, stage in groups:
        lines = [_line(row) for row in rows if row.stage == stage]
        if lines:
            parts.append("\n\n".join([head, *lines]))
    if lines := [_correction_line(row) for row in asked]:
        parts.append("\n\n".join([_("VIỆC SỬA CHỜ ĐỒNG CHÍ TRẢ LỜI"), *lines]))
    parts.append(
        _("Cách tính từng hạn xem ở trang hồ sơ. Thôi nhận thư này: %(address)s")
        % {"address": f"{settings.SITE_URL}/tai-khoan/"}
    )
    return "\n\n".join(parts) + "\n"


def _line(row):
    values = {
        "number": row.dossier.number,
        "unit": row.dossier.branch.short_name,
        "what": row.what,
        "due": dmy(row.due),
        "words": row.words,
    }
    return _("%(number)s, %(unit)s: %(what)s, hạn %(due)s, %(words)s") % values + f"\n{row.address}"


def _correction_line(row):
    values = {
        "number": row.dossier.number,
        "unit": row.dossier.branch.short_name,
        "day": dmy(localtime(row.asked_at).date()),
    }
    address = settings.SITE_URL + reverse("admissions:answer_correction", args=[row.pk])
    return _("%(number)s, %(unit)s: đề nghị sửa ngày %(day)s") % values + f"\n{address}"
