from django.urls import path

from flsf.web.provider.exclusion import views

urlpatterns = [
    path("provider/exclusion/<str:ref>/", views.own_exclusion, name="own-exclusion"),
]
