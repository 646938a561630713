"""Addresses of oversight, all under /theo-doi/."""

from django.urls import path

from oversight.views import findings, followers, teams, visits

app_name = "oversight"
urlpatterns = [
    path("phu-trach/", followers.show_followed, name="followed"),
    path("phu-trach/<int:pk>/", followers.show_followed, name="followed_by"),
    path("phu-trach/phan-cong/", followers.list_followers, name="followers"),
    path("phu-trach/phan-cong/<int:pk>/thoi/", followers.end_follower_page, name="end_follower"),
    path("to/", teams.list_teams, name="teams"),
    path("to/<int:pk>/", teams.show_team, name="team"),
    path("to/<int:pk>/doi/", teams.change_team, name="change_team"),
    path("buoi/", visits.show_calendar, name="calendar"),
    path("buoi/hen/", visits.arrange, name="arrange"),
    path("buoi/thieu-sot/", findings.list_shortcomings, name="shortcomings"),
    path("buoi/viec/", findings.list_conclusion_tasks, name="conclusion_tasks"),
    path("buoi/so-lieu/", findings.list_people, name="people"),
    path("buoi/<int:pk>/", visits.show_visit, name="visit"),
    path("buoi/<int:pk>/du/", visits.hold, name="hold"),
    path("buoi/<int:pk>/doi/", visits.move, name="move_visit"),
    path("buoi/<int:pk>/bo-sung/", visits.add, name="add_to_visit"),
    path("buoi/<int:pk>/thong-bao.docx", visits.make_notice, name="notice"),
    path("buoi/<int:pk>/phieu.docx", visits.make_sheet, name="sheet"),
]
