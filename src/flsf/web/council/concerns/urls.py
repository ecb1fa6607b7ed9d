from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.concerns import views

urlpatterns = [
    *list_urls("concerns", views.CONCERNS),
    *list_urls("concerns/providers/<str:ref>", views.PRESENT),
    path("concerns/<str:ref>/", views.concern_page, name="concern-page"),
]
