from django.urls import path

from admissions.views import catalogues, days_off, deciding_bodies, groups, templates

app_name = "catalogues"
urlpatterns = [
    path("", catalogues.show_catalogues, name="index"),
    path("nhat-ky/", catalogues.show_activity, name="activity"),
    path("lich/", days_off.show_days_off, name="calendar"),
    path("lich/them/", days_off.add_day_off, name="add_day"),
    path("lich/<int:pk>/xoa/", days_off.remove_day_off, name="remove_day"),
    path("ly-do/", catalogues.show_reasons, name="reasons"),
    path("ly-do/<int:pk>/", catalogues.switch_reason_page, name="switch_reason"),
    path("nhom-uu-tien/", groups.list_groups, name="groups"),
    path("nhom-uu-tien/<int:pk>/", groups.change_group_page, name="change_group"),
    path("tham-quyen/", deciding_bodies.list_deciding_bodies, name="deciding_bodies"),
    path("tham-quyen/<int:pk>/het/", deciding_bodies.end_deciding_body_page, name="end_deciding_body"),
    path("so-van-ban/", catalogues.show_number_books, name="registers"),
    path("mau-van-ban/", templates.list_templates, name="templates"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/", templates.replace_template_page, name="template"),
    path("mau-van-ban/<slug:kind>/<slug:layout>/tai/", templates.download_template, name="template_file"),
    path(
        "mau-van-ban/<slug:kind>/<slug:layout>/ve-goc/", templates.restore_built_in, name="restore_template"
    ),
]
