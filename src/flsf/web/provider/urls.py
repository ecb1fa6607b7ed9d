"""Addresses for providers and the people who work for them."""

from django.urls import path

from flsf.web.provider.placements import views as placements
from flsf.web.provider.register import upload_views as uploads
from flsf.web.provider.register import views as register
from flsf.web.provider.to_do import views as to_do
from flsf.web.provider.today import views as today

urlpatterns = [
    path("provider/", to_do.provider_home, name="provider-home"),
    path("provider/today/", today.today, name="provider-today"),
    path("provider/register/upload/", uploads.register_upload, name="register-upload"),
    path("provider/register/upload/rows.csv", uploads.register_errors, name="register-errors"),
    path("provider/register/empty.csv", uploads.register_template, name="register-template"),
    path("provider/register/told/", register.worry_told, name="worry-told"),
    path("provider/register/<str:ref>/<str:session>/", register.session_mark, name="session-mark"),
    path(
        "provider/register/<str:ref>/<str:session>/worry/",
        register.session_worry,
        name="session-worry",
    ),
    path("provider/placements/", placements.placement_list, name="provider-placements"),
    path("provider/placements/<str:ref>/", placements.placement, name="provider-placement"),
    path(
        "provider/placements/<str:ref>/begin/", placements.placement_begin, name="placement-begin"
    ),
    path("provider/placements/<str:ref>/end/", placements.placement_end, name="placement-end"),
    path(
        "provider/placements/<str:ref>/worker/",
        placements.placement_worker,
        name="placement-worker",
    ),
    path("provider/placements/<str:ref>/goal/", placements.placement_goal, name="placement-goal"),
    path(
        "provider/placements/<str:ref>/extra/", placements.placement_extra, name="placement-extra"
    ),
]
