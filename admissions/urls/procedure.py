from django.urls import path

from admissions.views import procedure

urlpatterns = [
    path("", procedure.list_versions, name="versions"),
    path("so-sanh/", procedure.show_comparison, name="compare"),
    path("dinh-chinh/", procedure.show_errata, name="errata"),
    path("<slug:key>/", procedure.show_version, name="version"),
]
