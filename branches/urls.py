from django.urls import path

from branches.views import carrying_out, reorganisations, tree, unit_changes

app_name = "branches"
urlpatterns = [
    path("", tree.show_tree, name="tree"),
    path("them/", tree.add_unit, name="add"),
    path("<int:pk>/", tree.show_unit, name="unit"),
    path("<int:pk>/doi/", unit_changes.change_unit, name="change_unit"),
    path("thay-doi/", reorganisations.list_reorganisations, name="reorganisations"),
    path("thay-doi/moi/", reorganisations.new_reorganisation, name="new_reorganisation"),
    path("thay-doi/co-san/", reorganisations.list_ready_plans, name="ready_plans"),
    path("thay-doi/<int:pk>/", reorganisations.show_reorganisation, name="reorganisation"),
    path("thay-doi/<int:pk>/can-cu/", reorganisations.change_basis, name="reorganisation_basis"),
    path("thay-doi/<int:pk>/tong/", reorganisations.list_totals, name="reorganisation_totals"),
    path("thay-doi/<int:pk>/bo/", reorganisations.withdraw_reorganisation, name="withdraw_reorganisation"),
    path("thay-doi/<int:pk>/them/", unit_changes.add_unit_change, name="add_unit_change"),
    path("thay-doi/<int:pk>/viec/<int:no>/", unit_changes.change_unit_change, name="change_unit_change"),
    path("thay-doi/<int:pk>/viec/<int:no>/bo/", unit_changes.remove_unit_change, name="remove_unit_change"),
    path("thay-doi/<int:pk>/chon/", carrying_out.choose_page, name="choose"),
    path("thay-doi/<int:pk>/thuc-hien/", carrying_out.carry_out_page, name="carry_out"),
    path("thay-doi/<int:pk>/thoi-cho/", carrying_out.take_off_its_day, name="unschedule"),
    path("thay-doi/<int:pk>/hoan-tac/", carrying_out.undo_page, name="undo_reorganisation"),
]
