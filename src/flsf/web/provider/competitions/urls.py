from django.urls import path

from flsf.web.provider.competitions import views

urlpatterns = [
    path("provider/competitions/", views.own_competitions, name="provider-competitions"),
    path("provider/competitions/<str:ref>/", views.own_competition, name="provider-competition"),
    path("provider/competitions/<str:ref>/ask/", views.ask, name="provider-competition-ask"),
    path("provider/competitions/<str:ref>/bid/", views.bid, name="provider-competition-bid"),
    path(
        "provider/competitions/<str:ref>/withdraw/",
        views.withdraw,
        name="provider-competition-withdraw",
    ),
]
