"""The list of difficulties that branches tick in their reviews. Every change leaves a line in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from admissions.catalogues.rights import log_change, require_right
from admissions.exceptions import Refused
from notation.vietnamese import clean, fold
from oversight.models import Difficulty


@transaction.atomic
def add_difficulty(text: str, *, by: User) -> Difficulty:
    """Offer a difficulty to tick; raises `Refused` when it is there in the same letters, `PermissionDenied`."""
    require_right(by)
    text = clean(text)
    if not text:
        raise Refused({"text": _("Ghi khó khăn.")})
    for row in Difficulty.objects.all():
        if fold(row.text) == fold(text):
            words = _("Đã có “%(text)s”.") if row.active else _("“%(text)s” đang ngừng dùng; hãy dùng lại.")
            raise Refused({"text": words % {"text": row.text}})
    row = Difficulty.objects.create(text=text)
    log_change(by, f"Thêm khó khăn: {text}")
    return row


@transaction.atomic
def switch_difficulty(row: Difficulty, active: bool, *, by: User) -> None:
    """Offer a difficulty again, or no longer; it is never deleted, for reviews name it. Raises `PermissionDenied`."""
    require_right(by)
    if row.active == active:
        return
    row.active = active
    row.save(update_fields=["active"])
    log_change(by, f"{'Dùng lại' if active else 'Ngừng dùng'} khó khăn: {row.text}")
