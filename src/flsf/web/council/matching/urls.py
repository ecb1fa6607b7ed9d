from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.matching import views
from flsf.web.council.matching.every import EVERY

urlpatterns = [
    path("referrals/<ref>/match/", views.match, name="referral-match"),
    path("referrals/<ref>/match/compare/", views.compare, name="referral-match-compare"),
    *list_urls("referrals/<ref>/match/every", EVERY),
]
