from django.http import HttpResponseRedirect
from django.urls import include, path, reverse_lazy

from yenlac import health


def home(request):
    return HttpResponseRedirect(reverse_lazy("reports:dashboard"))


urlpatterns = [
    path("", home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("", include("accounts.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("ho-so/", include("admissions.urls")),
    path("don-vi/", include("branches.urls")),
    path("", include("reports.urls")),
]
