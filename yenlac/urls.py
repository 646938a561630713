from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import include, path, reverse_lazy
from django.views.i18n import set_language

from yenlac import health


def home(request):
    return HttpResponseRedirect(reverse_lazy("reports:dashboard"))


urlpatterns = [
    path("", home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("ho-so/", include("admissions.urls")),
    path("don-vi/", include("branches.urls")),
    path("", include("reports.urls")),
]
