from django.urls import path

from flsf.web.provider.services import versions, views

urlpatterns = [
    path("provider/services/", views.provider_services, name="provider-services"),
    path("provider/services/add/", versions.service_add, name="service-add"),
    path("provider/services/places/add/", views.site_add, name="site-add"),
    path("provider/services/versions/<str:ref>/", versions.version_edit, name="version-edit"),
    path(
        "provider/services/versions/<str:ref>/take-back/",
        versions.version_take_back,
        name="version-take-back",
    ),
    path("provider/services/<str:ref>/", versions.service_change, name="service-change"),
    path("provider/services/<str:ref>/places/", views.service_places, name="service-places"),
    path("provider/services/<str:ref>/rates/", views.service_rates, name="service-rates"),
    path("provider/services/<str:ref>/status/", views.service_status, name="service-status"),
    path("provider/services/<str:ref>/confirm/", views.service_confirm, name="service-confirm"),
]
