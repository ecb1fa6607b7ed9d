from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.public.training import views

urlpatterns = [
    *list_urls("after-16/training", views.TRAINING),
    path("after-16/supported-internships/", views.places, name="internship-places"),
]
