from django.urls import path

from flsf.web.council.setup import views

urlpatterns = [path("settings/", views.setup, name="setup")]
