from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.value import views
from flsf.web.council.value.board import BOARD

urlpatterns = [
    *list_urls("social-value", BOARD),
    path("providers/<str:ref>/value/", views.provider_value, name="provider-value"),
    path("providers/<str:ref>/value/promise/", views.provider_promise, name="provider-promise"),
    path(
        "providers/<str:ref>/value/decide/",
        views.provider_value_decide,
        name="provider-value-decide",
    ),
]
