"""The addresses of the site; each app says its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.i18n import set_language

from accounts.models import User
from accounts.roles import Role
from admissions.views import feed
from yenlac import health


def redirect_home(request: HttpRequest) -> HttpResponse:
    """Whoever works on dossiers starts with the work of the day, the others with the figures."""
    posts = request.user.current_posts if isinstance(request.user, User) else []
    at_the_desk = {post.role for post in posts} & {
        Role.BOARD_STAFF,
        Role.BRANCH_COMMITTEE,
    }
    return redirect("admissions:work" if at_the_desk else "reports:dashboard")


urlpatterns = [
    path("", redirect_home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("lich/<slug:key>.ics", feed.calendar_feed, name="calendar"),
    path("ho-so/", include("admissions.urls.dossiers")),
    path("don-vi/", include("branches.urls")),
    path("danh-muc/", include("admissions.urls.catalogues")),
    path("quy-dinh/", include(("admissions.urls.procedure", "procedure"))),
    path("", include("reports.urls")),
]
