from django.urls import path

from admissions.views import dossier, entry, letters, lists, meetings, worklist

app_name = "admissions"
urlpatterns = [
    path("", lists.dossiers, name="dossiers"),
    path("hom-nay/", worklist.today, name="work"),
    path("tim/", worklist.find, name="find"),
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
