from django.urls import path

from admissions.views import procedure

urlpatterns = [
    path("", procedure.versions, name="versions"),
    path("so-sanh/", procedure.compare, name="compare"),
    path("<slug:key>/", procedure.version, name="version"),
]
