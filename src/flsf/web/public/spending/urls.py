from django.urls import path

from flsf.web.components.pictures import picture_urls
from flsf.web.public.spending import views

urlpatterns = [
    path("spending/", views.spending, name="public-spend"),
    *picture_urls("spending/by-type", "public-spend-by-type", None, views.by_type),
]
