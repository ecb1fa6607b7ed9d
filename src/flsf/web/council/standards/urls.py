from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.standards import board, views

urlpatterns = [
    *list_urls("standards", board.BOARD),
    path("standards/<slug:kind>/publish/", views.publish, name="standards-publish"),
    path("providers/<str:ref>/standards/", views.check, name="provider-standards"),
]
