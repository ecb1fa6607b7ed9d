from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.placements import views

urlpatterns = [
    *list_urls("placements", views.PLACEMENTS),
    *list_urls("attendance/exceptions", views.EXCEPTIONS),
    path("placements/<str:ref>/", views.placement_page, name="placement-page"),
    path("placements/<str:ref>/hold/", views.placement_move, name="placement-hold"),
    path("placements/<str:ref>/stop/", views.placement_stop, name="placement-stop"),
]
