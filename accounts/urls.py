from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-xuat/", views.logout, name="logout"),
    path("giao-dien/", views.theme, name="theme"),
    path("phim-tat/", views.keys, name="keys"),
    path("tai-khoan/", views.account, name="account"),
]
