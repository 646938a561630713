from django.urls import path

from branches import views

app_name = "branches"
urlpatterns = [
    path("", views.show_tree, name="tree"),
    path("them/", views.add_unit, name="add"),
    path("<int:pk>/", views.show_unit, name="unit"),
]
