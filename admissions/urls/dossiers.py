from django.urls import path

from admissions.views import (
    acts,
    corrections,
    dossier,
    doubles,
    entry,
    letters,
    lists,
    meetings,
    papers,
    worklist,
)

app_name = "admissions"
urlpatterns = [
    path("", lists.list_dossiers, name="dossiers"),
    path("hom-nay/", worklist.show_worklist, name="work"),
    path("tim/", worklist.find_dossiers, name="find"),
    path("viec-sua/", corrections.list_corrections, name="corrections"),
    path("viec-sua/<int:pk>/", corrections.answer_correction, name="answer_correction"),
    path("moi/", entry.new_dossier_page, name="new"),
    path("chuyen-den/", entry.new_arrival_page, name="arrival"),
    path("trung/", doubles.show_doubles, name="doubles"),
    path("trung/<int:first>/<int:second>/", doubles.tell_apart_page, name="tell_apart"),
    path("hop/", meetings.list_meetings, name="meetings"),
    path("hop/<int:pk>/", meetings.show_meeting, name="meeting"),
    path("hop/moi/<int:unit>/<slug:body>/", meetings.record_meeting_page, name="ballot"),
    path("<int:year>/<int:serial>/", dossier.show_dossier, name="dossier"),
    path("<int:year>/<int:serial>/sua/", entry.edit_dossier_page, name="edit"),
    path("<int:year>/<int:serial>/sua-viec/<int:no>/", corrections.correct_act_page, name="correct_act"),
    path("<int:year>/<int:serial>/sua-so-lieu/", corrections.correct_facts_page, name="correct_facts"),
    path("<int:year>/<int:serial>/hoan-tac/<int:no>/", corrections.take_back_act, name="take_back"),
    path("<int:year>/<int:serial>/giay-to/", papers.record_papers_page, name="papers"),
    path("<int:year>/<int:serial>/so-dinh-danh/", dossier.reveal_identity_number, name="reveal"),
    path("<int:year>/<int:serial>/van-ban/<str:kind>/", letters.make_letter, name="letter"),
    path("<int:year>/<int:serial>/viec/<slug:action>/", acts.record_act_page, name="act"),
]
