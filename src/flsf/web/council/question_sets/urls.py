from django.urls import path

from flsf.web.council.question_sets import views

ONE = "framework-office/questions/<int:version>/"

urlpatterns = [
    path("framework-office/questions/", views.question_list, name="questions"),
    path(ONE, views.question_set, name="question-set"),
    path(f"{ONE}publish/", views.question_set_publish, name="question-set-publish"),
    path(f"{ONE}discard/", views.question_set_discard, name="question-set-discard"),
    path(f"{ONE}<slug:code>/", views.question_set_question, name="question-set-question"),
    path(f"{ONE}<slug:code>/remove/", views.question_set_remove, name="question-set-remove"),
]
