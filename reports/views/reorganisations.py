"""The file of a plan of changes: its totals before and after, and what goes where."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import override

from accounts.models import Activity
from accounts.roles import Permission
from branches.plan_rehearsals import shown_rehearsal
from branches.request import UserRequest
from branches.views.request import asked_plan
from reports.exports import xlsx
from reports.exports.reorganisation_table import reorganisation_document

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_totals(request: UserRequest, pk: int) -> HttpResponse:
    """The workbook of a plan, in Vietnamese for every reader."""
    plan = asked_plan(request, pk)
    if not request.user.may(Permission.EXPORT, plan.unit):
        raise PermissionDenied
    shown = shown_rehearsal(plan, by=request.user)
    if shown is None:
        raise Http404
    with override("vi"), TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        xlsx.write(path, reorganisation_document(plan, shown))
        data = path.read_bytes()
    name = f"thay-doi-to-chuc-{plan.day:%Y-%m-%d}-{plan.pk}.xlsx"
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=SHEET, headers=headers)
