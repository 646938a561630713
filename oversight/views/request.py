"""What the views of oversight share: sending a file, and writing down that it was fetched."""

from django.http import HttpResponse

from accounts.models import Activity
from branches.request import UserRequest


def send_file(request: UserRequest, data: bytes, name: str, content_type: str) -> HttpResponse:
    """`data` as an attachment called `name`; the log says who fetched it."""
    Activity.objects.create(user=request.user, action=Activity.Action.FETCH, subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=content_type, headers=headers)
