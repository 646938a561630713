"""The calendar one subscribes to. The address is the key: calendar programs cannot sign in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.backends import may_sign_in
from accounts.models import User
from admissions.worklist import reminders
from notation.dates import today


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The limits of whoever made the address; 404 once it was changed or the account is out of use."""
    user = User.objects.filter(calendar_key=key).first()
    if user is None or not may_sign_in(user):
        raise Http404
    data = reminders.calendar_of_limits(reminders.upcoming_limits(user, today()))
    headers = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)
