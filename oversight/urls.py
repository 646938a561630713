"""Addresses of oversight, all under /theo-doi/."""

from django.urls import path

from oversight.views import letters, plan_files, plans, rewards

app_name = "oversight"
urlpatterns = [
    path("van-ban/", plans.list_plans, name="plans"),
    path("van-ban/moi/", plans.record_plan_page, name="record_plan"),
    path("van-ban/lap-ke-hoach/", plan_files.draft_plan_file, name="plan_draft"),
    path("van-ban/viec/<int:pk>/", plans.report_plan_task, name="plan_task"),
    path("van-ban/<int:pk>/", plans.show_plan, name="plan"),
    path("van-ban/<int:pk>/sua/", plans.change_plan_page, name="change_plan"),
    path("van-ban/<int:pk>/nguoi/", plans.list_plan_people, name="plan_people"),
    path("van-ban/<int:pk>/chi-bo/", plans.list_plan_branches, name="plan_branches"),
    path("van-ban/<int:pk>/viec/", plans.assign_plan_task, name="add_plan_task"),
    path("van-ban/<int:pk>/nhac/", plan_files.draft_reminder_file, name="plan_reminder"),
    path("giai-trinh/", letters.list_letters, name="letters"),
    path("giai-trinh/moi/", letters.ask_explanations_page, name="ask_explanations"),
    path("giai-trinh/<int:pk>/", letters.show_letter, name="letter"),
    path("giai-trinh/<int:pk>/tep/", letters.fetch_letter, name="letter_file"),
    path("khen-thuong/", rewards.show_rewards, name="rewards"),
    path("khen-thuong/de-nghi/", rewards.propose_reward_page, name="propose_reward"),
    path("khen-thuong/<int:pk>/", rewards.decide_reward_page, name="reward"),
    path("khen-thuong/so/<str:format>/", rewards.fetch_register, name="reward_register"),
]
