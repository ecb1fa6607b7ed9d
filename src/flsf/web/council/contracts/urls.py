from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.contracts import views
from flsf.web.council.contracts.board import BOARD

urlpatterns = [
    *list_urls("contracts", BOARD),
    path("providers/<str:ref>/contract/", views.provider_contract, name="provider-contract"),
    path("providers/<str:ref>/contract/meeting/", views.provider_meeting, name="provider-meeting"),
    path("meetings/<str:ref>/correct/", views.meeting_correct, name="meeting-correct"),
    path("meetings/<str:ref>/agree/", views.meeting_agree, name="meeting-agree"),
    path("agreed-actions/<str:ref>/", views.action_page, name="action-page"),
    path("agreed-actions/<str:ref>/settle/", views.action_settle, name="action-settle"),
    path("agreed-actions/<str:ref>/change/", views.action_change, name="action-change"),
]
