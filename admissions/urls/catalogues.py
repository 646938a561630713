from django.urls import path

from admissions.views import catalogues, days_off, templates

app_name = "desk"
urlpatterns = [
    path("", catalogues.index, name="index"),
    path("nhat-ky/", catalogues.activity, name="activity"),
    path("lich/", days_off.show, name="calendar"),
    path("lich/them/", days_off.add, name="add_day"),
    path("lich/<int:pk>/xoa/", days_off.remove, name="remove_day"),
    path("ly-do/", catalogues.reasons, name="reasons"),
    path("ly-do/<int:pk>/", catalogues.switch_reason, name="switch_reason"),
    path("so-van-ban/", catalogues.registers, name="registers"),
    path("mau-van-ban/", templates.show, name="templates"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/", templates.replace, name="template"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/tai/", templates.download, name="template_file"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/ve-goc/", templates.restore, name="restore_template"),
]
