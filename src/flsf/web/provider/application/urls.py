from django.urls import path

from flsf.web.provider.application import answering, views

OWN = "provider/application/<str:ref>/"

urlpatterns = [
    path("provider/application/", views.own_application, name="own-application"),
    path(OWN, views.application_tasks, name="application-tasks"),
    path(f"{OWN}lots/", views.application_lots, name="application-lots"),
    path(f"{OWN}check/", views.application_check, name="application-check"),
    path(f"{OWN}sent/", views.application_sent, name="application-sent"),
    path(f"{OWN}question/", answering.application_question, name="application-question"),
    path(f"{OWN}withdraw/", views.application_withdraw, name="application-withdraw"),
    path(f"{OWN}<slug:section>/<int:page>/", views.application_page, name="application-page"),
]
