from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.agreements import views
from flsf.web.council.agreements.listed import AGREEMENTS

urlpatterns = [
    *list_urls("agreements", AGREEMENTS),
    path("agreements/<str:ref>/", views.agreement, name="agreement-page"),
    path("agreements/<str:ref>/file/", views.file, name="agreement-file"),
    path("agreements/<str:ref>/signed/", views.signed, name="agreement-signed"),
    path("agreements/<str:ref>/remind/", views.remind, name="agreement-remind"),
    path("agreements/<str:ref>/answer/", views.answer, name="agreement-answer"),
    path("agreements/<str:ref>/again/", views.again, name="agreement-again"),
    path("providers/<str:ref>/agreements/", views.issue, name="provider-agreements"),
]
