from django.urls import path

from flsf.web.access import public
from flsf.web.public.demo import views

urlpatterns = [
    path("demo/", public(views.demo), name="demo"),
    path("demo/day/", public(views.demo_day), name="demo-day"),
    path("demo/night/", public(views.demo_night), name="demo-night"),
    path("demo/as/<slug:persona>/", public(views.demo_as), name="demo-as"),
]
