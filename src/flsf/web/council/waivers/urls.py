from django.urls import path

from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import list_urls
from flsf.web.components.pictures import picture_urls
from flsf.web.council.waivers import views

urlpatterns = [
    *list_urls("waivers", views.WAIVERS),
    *list_urls("waivers/without-contract", views.WITHOUT_CONTRACT),
    *picture_urls("waivers/run-down", "waiver-run-down", Permission.VIEW_WAIVERS, views.run_down),
    path("waivers/new/", views.grant, name="waiver-grant"),
    path("waivers/<ref>/", views.page, name="waiver-page"),
    path("waivers/<ref>/end/", views.end, name="waiver-end"),
]
