from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="login"),
    path("dang-xuat/", views.sign_out, name="logout"),
    path("giao-dien/", views.set_theme, name="theme"),
    path("phim-tat/", views.show_keys, name="keys"),
    path("tai-khoan/", views.show_account, name="account"),
]
