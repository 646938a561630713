from django.urls import path

from branches.views import tree

app_name = "branches"
urlpatterns = [
    path("", tree.show_tree, name="tree"),
    path("them/", tree.add_unit, name="add"),
    path("<int:pk>/", tree.show_unit, name="unit"),
]
