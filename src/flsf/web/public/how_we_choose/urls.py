from django.urls import path

from flsf.web.public.how_we_choose import views

urlpatterns = [
    path("framework/how-we-choose/", views.page, name="how-we-choose"),
    path("framework/how-we-choose.json", views.as_json, name="how-we-choose-json"),
]
