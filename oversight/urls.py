"""Addresses of oversight, all under /theo-doi/."""

from django.urls import path

from oversight.views import difficulties, home, review, reviews, tasks

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
]
