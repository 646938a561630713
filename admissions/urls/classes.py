"""Addresses of the awareness classes, all under /nguon/lop/."""

from django.urls import path

from admissions.views import class_steps, classes

app_name = "classes"
urlpatterns = [
    path("", classes.list_classes, name="list"),
    path("mo/", classes.open_class_page, name="open"),
    path("cho/", classes.list_waiting_people, name="waiting"),
    path("<int:pk>/", classes.show_class, name="class"),
    path("<int:pk>/sua/", classes.change_class_page, name="change"),
    path("<int:pk>/nguoi/", classes.list_class_people, name="people"),
    path("<int:pk>/de-cu/", class_steps.nominate_page, name="nominate"),
    path("<int:pk>/duyet/", class_steps.check_page, name="check"),
    path("<int:pk>/du-hoc/", class_steps.attendance_page, name="attendance"),
    path("<int:pk>/ket-qua/", class_steps.results_page, name="results"),
    path("<int:pk>/cap/", class_steps.certificates_page, name="certificates"),
    path("<int:pk>/sua-nguoi/<int:enrolment>/", class_steps.correct_page, name="correct"),
    path("<int:pk>/thu-hoi/<int:enrolment>/", class_steps.take_back_page, name="take_back"),
]
