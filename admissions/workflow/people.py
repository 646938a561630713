"""Telling people of the register apart who look like one."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from admissions.exceptions import Refused
from admissions.models import Candidate, DifferentPeople, Dossier


def tell_apart(person: Candidate, others: Iterable[Candidate], *, by: User) -> None:
    """Remember that `person` is none of `others`, who have a dossier that `by` may write. Raises `Refused`."""
    for other in others:
        mine = Dossier.objects.for_user(by, Permission.ENTER)
        if not all(mine.filter(candidate=one).exists() for one in (person, other)):
            raise Refused(_("Chưa ghi được: việc này do người có quyền ghi cả hai hồ sơ làm."))
        first, second = sorted((person, other), key=lambda row: row.pk)
        DifferentPeople.objects.get_or_create(first=first, second=second, defaults={"by": by})
