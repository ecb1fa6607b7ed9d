from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.public.framework import views
from flsf.web.public.framework.register import HISTORY, REGISTER

urlpatterns = [
    path("framework/", views.framework_public, name="framework-public"),
    path("framework/standards/", views.standards_public, name="public-standards"),
    *list_urls("framework/register", REGISTER),
    *list_urls("framework/register/history", HISTORY),
]
