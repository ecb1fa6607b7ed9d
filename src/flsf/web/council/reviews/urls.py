from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.reviews import views
from flsf.web.council.reviews.board import BOARD

urlpatterns = [
    *list_urls("reviews", BOARD),
    path("reviews/guidance/", views.guidance, name="guidance"),
    path("reviews/guidance/add/", views.guidance_add, name="guidance-add"),
    path("providers/<str:ref>/groups/", views.provider_groups, name="provider-groups"),
    path("providers/<str:ref>/groups/review/", views.provider_review, name="provider-review"),
]
