from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.competitions import acting, drafting, views
from flsf.web.council.competitions.register import COMPETITIONS

urlpatterns = [
    path("referrals/<ref>/competition/", drafting.start, name="competition-start"),
    *list_urls("competitions", COMPETITIONS),
    path("competitions/<ref>/", views.page, name="competition-page"),
    path("competitions/<ref>/brief/", drafting.brief, name="competition-brief"),
    path("competitions/<ref>/criteria/", drafting.criteria, name="competition-criteria"),
    path("competitions/<ref>/publish/", drafting.publish, name="competition-publish"),
    path("competitions/<ref>/answer/<int:number>/", acting.answer, name="competition-answer"),
    path("competitions/<ref>/add/", acting.add, name="competition-add"),
    path("competitions/<ref>/stop/", acting.stop, name="competition-stop"),
    path("competitions/<ref>/open/", acting.open_bids, name="competition-open"),
    path("competitions/<ref>/scorers/", acting.scorers, name="competition-scorers"),
    path("competitions/<ref>/interest/", acting.interest, name="competition-interest"),
    path("competitions/<ref>/marks/", acting.marks, name="competition-marks"),
    path("competitions/<ref>/agree/", acting.agree, name="competition-agree"),
    path("competitions/<ref>/pass-over/", acting.pass_over, name="competition-pass-over"),
    path("competitions/<ref>/award/", views.award, name="competition-award"),
]
