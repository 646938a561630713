"""Addresses of oversight, all under /theo-doi/."""

from django.urls import path

from oversight.views import (
    difficulties,
    home,
    letters,
    plan_files,
    plans,
    review,
    reviews,
    rewards,
    tasks,
    work_report,
)

app_name = "oversight"
urlpatterns = [
    path("", home.show_home, name="home"),
    path("ra-soat/", reviews.show_reviews, name="reviews"),
    path("ra-soat/danh-sach/", reviews.list_reviews, name="review_list"),
    path("ra-soat/nguoi/", reviews.list_people, name="people"),
    path("ra-soat/nhac/", reviews.remind_page, name="remind"),
    path("ra-soat/<int:unit>/", review.list_reviews_of_branch, name="reviews_of_branch"),
    path("ra-soat/<int:unit>/<str:code>/", review.show_review, name="review"),
    path("ra-soat/<int:unit>/<str:code>/diem/", review.score_review_page, name="score_review"),
    path("ra-soat/<int:unit>/<str:code>/mo-lai/", review.reopen_review_page, name="reopen_review"),
    path("kho-khan/", difficulties.show_difficulty_list, name="difficulty_list"),
    path("kho-khan/<int:pk>/", difficulties.switch_difficulty_page, name="switch_difficulty"),
    path("viec/", tasks.list_tasks, name="tasks"),
    path("viec/<int:pk>/", tasks.show_task, name="task"),
    path("van-ban/", plans.list_plans, name="plans"),
    path("van-ban/moi/", plans.record_plan_page, name="record_plan"),
    path("van-ban/lap-ke-hoach/", plan_files.draft_plan_file, name="plan_draft"),
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
    path("bao-cao/", work_report.show_work_report, name="work_report"),
    path("bao-cao/loi/", work_report.edit_passages, name="passages"),
    path("khen-thuong/", rewards.show_rewards, name="rewards"),
    path("khen-thuong/de-nghi/", rewards.propose_reward_page, name="propose_reward"),
    path("khen-thuong/<int:pk>/", rewards.decide_reward_page, name="reward"),
    path("khen-thuong/so/<str:format>/", rewards.fetch_register, name="reward_register"),
]
