from django.urls import include, path

urlpatterns = [
    path("", include("flsf.web.council.guides.urls")),
    path("", include("flsf.web.council.access_log.urls")),
    path("", include("flsf.web.council.concerns.urls")),
    path("", include("flsf.web.council.market.urls")),
    path("", include("flsf.web.council.people.urls")),
    path("", include("flsf.web.council.placements.urls")),
    path("", include("flsf.web.council.setup.urls")),
]
