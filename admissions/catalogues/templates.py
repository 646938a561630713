"""Word templates that replace those that come with the software. Every change leaves a line in the log."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from admissions import letters
from admissions.catalogues.rights import log_change, require_right
from admissions.exceptions import Refused
from admissions.models import LetterTemplate
from notation.dates import now
from notation.vietnamese import clean


def own_template(kind: str, layout: str) -> LetterTemplate | None:
    """The district's template that stands in for the built-in one; `layout` is a layout's key."""
    return LetterTemplate.objects.filter(kind=kind, layout=layout, until=None).first()


def former_templates(kind: str, layout: str) -> QuerySet[LetterTemplate]:
    """The district's templates that are no longer used, the latest first, without their files."""
    rows = LetterTemplate.objects.filter(kind=kind, layout=layout, until__isnull=False)
    return rows.defer("data").select_related("by")


def own_bytes(kind: str, layout: str) -> bytes | None:
    """The file of `own_template`, None where the built-in one is used."""
    row = own_template(kind, layout)
    return bytes(row.data) if row else None


@transaction.atomic
def replace_template(kind: str, layout: str, name: str, data: bytes, *, by: User) -> LetterTemplate:
    """Put a district's own template in place of the one in use, which is kept.

    Raises `Refused` with all that `letters.check_template` finds wrong, at the field "file"; the one in use then stays.
    """
    require_right(by)
    try:
        letters.check_template(kind, data)
    except Refused as refusal:
        raise Refused({"file": refusal.messages}) from refusal
    LetterTemplate.objects.filter(kind=kind, layout=layout, until=None).update(until=now())
    facts = {"kind": kind, "layout": layout, "name": _file_name(name), "data": data, "by": by}
    try:
        with transaction.atomic():
            row = LetterTemplate.objects.create(**facts)
    except IntegrityError as error:
        raise Refused({"file": _("Người khác vừa thay mẫu này; hãy xem lại rồi thay.")}) from error
    log_change(by, f"Thay mẫu {kind}, thể thức {layout}: {row.name}")
    return row


def _file_name(name):
    """The file's own name, as long as the column: the end that Word needs is kept."""
    stem = clean(name)
    if stem.lower().endswith(".docx"):
        stem = stem[:-5]
    return f"{stem[:110].strip() or 'mau'}.docx"


@transaction.atomic
def restore_template(row: LetterTemplate, *, by: User) -> None:
    """Use the built-in template again; the district's own is kept."""
    require_right(by)
    log_change(by, f"Về mẫu gốc {row.kind}, thể thức {row.layout}; bỏ {row.name}")
    row.until = now()
    row.save(update_fields=["until"])
