from django.urls import include, path

urlpatterns = [
    path("", include("flsf.web.public.urls")),
]
