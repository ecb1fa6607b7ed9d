from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.providers import staff, steps, suspending, told, types, views, visits
from flsf.web.council.providers.hours import HOURS
from flsf.web.council.providers.register import PROVIDERS

urlpatterns = [
    *list_urls("providers", PROVIDERS),
    path("providers/add/", views.provider_add, name="provider-add"),
    path("providers/<str:ref>/", views.provider_page, name="provider-page"),
    path("providers/<str:ref>/type/", types.provider_types, name="provider-types"),
    path("providers/<str:ref>/admit/", views.provider_admit, name="provider-admit"),
    path("providers/<str:ref>/evidence/", views.evidence_see, name="evidence-see"),
    path("providers/<str:ref>/suspend/", suspending.provider_suspend, name="provider-suspend"),
    path("providers/<str:ref>/lift/", suspending.provider_lift, name="provider-lift"),
    path("providers/<str:ref>/visit/", visits.provider_visit, name="provider-visit"),
    *list_urls("providers/<str:ref>/hours", HOURS),
    path("providers/<str:ref>/steps/", steps.provider_steps, name="provider-steps"),
    path("providers/<str:ref>/steps/take/", steps.provider_step, name="provider-step"),
    path("providers/<str:ref>/steps/close/", steps.provider_close, name="provider-close"),
    path("evidence/<str:ref>/", told.told_page, name="told-page"),
    path("evidence/<str:ref>/paper/", told.told_file, name="told-file"),
    path("providers/<str:ref>/staff/", staff.staff_of, name="staff-of"),
    path("staff/<str:ref>/confirm/", staff.member_confirm, name="member-confirm"),
]
