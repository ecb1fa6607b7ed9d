from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.awards import propose, views
from flsf.web.council.awards.register import AWARDS

urlpatterns = [
    path(
        "referrals/<ref>/award/<service_ref>/",
        propose.propose,
        name="award-propose",
    ),
    *list_urls("awards", AWARDS),
    path("awards/<ref>/", views.page, name="award-page"),
    path("awards/<ref>/interest/", views.interest, name="award-interest"),
    path("awards/<ref>/decision/", views.decision, name="award-decision"),
]
