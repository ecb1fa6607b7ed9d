from django.urls import include, path

urlpatterns = [
    path("", include("flsf.web.public.urls")),
    path("", include("flsf.web.council.waivers.urls")),
]
