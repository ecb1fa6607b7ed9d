from django.urls import path

from flsf.web.access import public
from flsf.web.public.demo import views

urlpatterns = [
    path("demo/", public(views.demo), name="demo"),
    path("demo/as/<slug:persona>/", public(views.demo_as), name="demo-as"),
]
