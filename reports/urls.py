from django.urls import path

from reports.views import checking, dashboard, quarter, quota, ranking

app_name = "reports"
urlpatterns = [
    path("chi-tieu/", dashboard.show, name="dashboard"),
    path("chi-tieu/ho-so/", dashboard.dossiers, name="dossiers"),
    path("chi-tieu/dang-lam/", dashboard.under_way, name="under_way"),
    path("chi-tieu/im-lang/", dashboard.silent, name="silent"),
    path("chi-tieu/xep-hang/", ranking.show, name="ranking"),
    path("chi-tieu/luu/", ranking.save, name="save_view"),
    path("chi-tieu/luu/<int:pk>/bo/", ranking.forget, name="forget"),
    path("chi-tieu/doi-chieu/", checking.show, name="checking"),
    path("chi-tieu/giao/", dashboard.quota_list, name="quotas"),
    path("chi-tieu/giao/moi/", quota.give, name="quota"),
    path("bao-cao/", quarter.now, name="quarter_now"),
    path("bao-cao/<int:year>/<int:n>/", quarter.show, name="quarter"),
    path("bao-cao/lap/", quarter.ask, name="ask"),
    path("bao-cao/tep/<uuid:pk>/", quarter.job, name="job"),
    path("bao-cao/tep/<uuid:pk>/tai/", quarter.download, name="download"),
]
