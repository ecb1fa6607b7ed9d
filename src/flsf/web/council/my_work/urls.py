from django.urls import path

from flsf.web.council.my_work import views

urlpatterns = [path("my-work/", views.my_work, name="my-work")]
