from django.urls import path

from flsf.web.family import views

urlpatterns = [
    path("family/requests/", views.requests, name="family-requests"),
    path("family/requests/<ref>/", views.page, name="family-request"),
]
