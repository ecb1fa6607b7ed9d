from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.guides import views

urlpatterns = [
    *list_urls("local-offer/pages", views.GUIDES),
    path("local-offer/pages/new/<str:kind>/", views.begin, name="guide-begin"),
    path("local-offer/pages/<str:ref>/", views.page, name="guide-page"),
    path("local-offer/pages/<str:ref>/publish/", views.publish, name="guide-publish"),
    path("local-offer/pages/<str:ref>/right/", views.review, name="guide-review"),
    path("local-offer/pages/<str:ref>/take-off/", views.take_off, name="guide-take-off"),
]
