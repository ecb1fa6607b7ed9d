from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.listings import views

urlpatterns = [
    *list_urls("listings", views.LISTINGS),
    path("listings/<str:ref>/", views.version, name="listing-version"),
    path("listings/<str:ref>/agree/", views.agree, name="listing-agree"),
    path("listings/<str:ref>/recheck/", views.recheck, name="listing-recheck"),
]
