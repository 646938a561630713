"""The pages of the application, and one that shows nothing: what a signed-in request costs without any content."""

from django.http import HttpResponse
from django.urls import include, path


def empty(request):
    """As every view, it knows who asks; it says nothing."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("bench/empty/", empty), path("", include("yenlac.urls"))]
