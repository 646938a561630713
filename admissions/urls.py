from django.urls import path

from admissions.views import dossier, entry, letters, lists, meetings, work

app_name = "admissions"
urlpatterns = [
    path("", lists.dossiers, name="dossiers"),
    path("hom-nay/", work.today, name="work"),
    path("tim/", work.find, name="find"),
    path("moi/", entry.new, name="new"),
    path("hop/", meetings.overview, name="meetings"),
    path("hop/<int:pk>/", meetings.show, name="meeting"),
    path("hop/moi/<int:unit>/<slug:body>/", meetings.new, name="ballot"),
    path("<int:year>/<int:serial>/", dossier.show, name="dossier"),
    path("<int:year>/<int:serial>/sua/", entry.edit, name="edit"),
    path("<int:year>/<int:serial>/giay-to/", dossier.record_papers, name="papers"),
    path("<int:year>/<int:serial>/so-dinh-danh/", dossier.reveal, name="reveal"),
    path("<int:year>/<int:serial>/van-ban/<str:kind>/", letters.letter, name="letter"),
    path("<int:year>/<int:serial>/viec/<slug:action>/", dossier.act, name="act"),
]
