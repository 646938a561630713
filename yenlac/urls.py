"""The addresses of the site; each app says its own."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from accounts import views
from admissions.views import feed
from yenlac import health

urlpatterns = [
    path("", views.redirect_home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("lich/<slug:key>.ics", feed.calendar_feed, name="calendar"),
    path("ho-so/", include("admissions.urls.dossiers")),
    path("don-vi/", include("branches.urls")),
    path("don-vi/", include("oversight.unit_urls")),
    path("danh-muc/", include("admissions.urls.catalogues")),
    path("quy-dinh/", include(("admissions.urls.procedure", "procedure"))),
    path("nguon/lop/", include("admissions.urls.classes")),
    path("theo-doi/", include("oversight.urls")),
    path("", include("reports.urls")),
]
