from django.urls import path

from admissions.views import desk, desk_calendar, desk_templates

app_name = "desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("nhat-ky/", desk.activity, name="activity"),
    path("lich/", desk_calendar.show, name="calendar"),
    path("lich/them/", desk_calendar.add, name="add_day"),
    path("lich/<int:pk>/xoa/", desk_calendar.remove, name="remove_day"),
    path("ly-do/", desk.reasons, name="reasons"),
    path("ly-do/<int:pk>/", desk.switch_reason, name="switch_reason"),
    path("so-van-ban/", desk.registers, name="registers"),
    path("mau-van-ban/", desk_templates.show, name="templates"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/", desk_templates.replace, name="template"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/tai/", desk_templates.download, name="template_file"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/ve-goc/", desk_templates.restore, name="restore_template"),
]
