from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.referrals import views
from flsf.web.council.referrals.referrals import REFERRALS

urlpatterns = [
    *list_urls("referrals", REFERRALS),
    path("referrals/new/", views.new, name="referral-new"),
    path("referrals/<ref>/", views.page, name="referral-page"),
    path("referrals/<ref>/take-on/", views.take_on, name="referral-take-on"),
    path("referrals/<ref>/triage/", views.triage, name="referral-triage"),
    path("referrals/<ref>/move/", views.move, name="referral-move"),
    path("referrals/<ref>/note/", views.add_note, name="referral-note-add"),
    path("referrals/<ref>/read/", views.mark_read, name="referral-mark-read"),
    path("referrals/<ref>/told/", views.told_family, name="referral-told"),
]
