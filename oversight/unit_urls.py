"""What the home of a unit leads to, under /don-vi/; the home itself has its address in `branches`."""

from django.urls import path

from oversight.views import unit

app_name = "units"
urlpatterns = [
    path("<int:pk>/nhat-ky/", unit.list_log, name="log"),
    path("<int:pk>/sua/", unit.correct_unit_page, name="correct"),
]
