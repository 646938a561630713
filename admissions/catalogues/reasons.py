"""The reasons offered where an act asks for one. Every change leaves a line in the log."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from admissions.catalogues.rights import log_change, require_right
from admissions.exceptions import Refused
from admissions.models import Reason
from notation.vietnamese import clean, fold


@transaction.atomic
def add_reason(use: str, text: str, *, by: User) -> Reason:
    """Offer a reason where `use` asks for one; raises `Refused` when it is there in the same letters."""
    require_right(by)
    text = clean(text)
    for row in Reason.objects.filter(use=use):
        if fold(row.text) == fold(text):
            words = (
                _("Đã có lý do “%(text)s”.") if row.active else _("“%(text)s” đang ngừng dùng; hãy dùng lại.")
            )
            raise Refused({"text": words % {"text": row.text}})
    row = Reason.objects.create(use=use, text=text)
    log_change(by, f"Thêm lý do ({_use(row)}): {text}")
    return row


@transaction.atomic
def switch_reason(row: Reason, active: bool, *, by: User) -> None:
    """Offer a reason again, or no longer; it is never deleted, for history quotes it."""
    require_right(by)
    if row.active == active:
        return
    row.active = active
    row.save(update_fields=["active"])
    log_change(by, f"{'Dùng lại' if active else 'Ngừng dùng'} lý do ({_use(row)}): {row.text}")


def _use(row):
    with override("vi"):
        return str(row.get_use_display())
