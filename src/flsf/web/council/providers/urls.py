from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.providers import suspending, views
from flsf.web.council.providers.register import PROVIDERS

urlpatterns = [
    *list_urls("providers", PROVIDERS),
    path("providers/add/", views.provider_add, name="provider-add"),
    path("providers/<str:ref>/", views.provider_page, name="provider-page"),
    path("providers/<str:ref>/admit/", views.provider_admit, name="provider-admit"),
    path("providers/<str:ref>/evidence/", views.evidence_see, name="evidence-see"),
    path("providers/<str:ref>/suspend/", suspending.provider_suspend, name="provider-suspend"),
    path("providers/<str:ref>/lift/", suspending.provider_lift, name="provider-lift"),
]
