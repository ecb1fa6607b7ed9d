from django.urls import path

from flsf.web.public.a_to_z import views

urlpatterns = [path("a-z/", views.a_to_z, name="a-to-z")]
