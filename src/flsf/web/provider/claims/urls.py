from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.provider.claims import views

urlpatterns = [
    *list_urls("provider/claims", views.CLAIMS),
    path("provider/claims/draft/", views.draft, name="provider-claim-draft"),
    path("provider/claims/<ref>/", views.page, name="provider-claim"),
    path("provider/claims/<ref>/send/", views.submit, name="provider-claim-send"),
    path("provider/claims/<ref>/lines/<line>/ask/", views.ask, name="provider-claim-ask"),
]
