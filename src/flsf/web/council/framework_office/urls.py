from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.framework_office import (
    again,
    changing,
    delegations,
    drivers,
    fallback,
    openness,
    rounds,
    views,
)

urlpatterns = [
    path("framework-office/", views.framework_page, name="framework-page"),
    path("framework-office/change/", views.framework_change, name="framework-change"),
    path("framework-office/extend/", views.framework_extend, name="framework-extend"),
    path("framework-office/criteria/", views.criteria_publish, name="criteria-publish"),
    path("framework-office/criteria/judged/", delegations.judged_by, name="criteria-judged"),
    *list_urls("framework-office/delegations", delegations.DELEGATIONS),
    path("framework-office/delegations/new/", delegations.add, name="delegation-add"),
    path("framework-office/delegations/<int:number>/end/", delegations.end, name="delegation-end"),
    path("framework-office/measures/", views.measures_publish, name="measures-publish"),
    *list_urls("framework-office/rounds", rounds.ROUNDS),
    path("framework-office/rounds/new/", rounds.open_round, name="round-open"),
    path("framework-office/rounds/reopen/", rounds.reopen, name="round-reopen"),
    path("framework-office/rounds/<int:number>/reissue/", rounds.reissue, name="round-reissue"),
    path("framework-office/rounds/<int:number>/", rounds.page, name="round-page"),
    path("framework-office/rounds/<int:number>/close/", rounds.close, name="round-close"),
    path("framework-office/rounds/<int:number>/notice/", rounds.notice, name="round-notice"),
    *list_urls("framework-office/evidence", openness.EVIDENCE),
    *list_urls("framework-office/drivers", drivers.MAP),
    path(
        "framework-office/drivers/<slug:kind>/<slug:key>/", drivers.answers, name="driver-answers"
    ),
    path("framework-office/fallback/", fallback.fallback, name="fallback"),
    path("framework-office/tender-again/", again.begin, name="retender-begin"),
    path("framework-office/tender-again/<ref>/", again.page, name="retender-page"),
    path("framework-office/tender-again/<ref>/end/", again.end, name="retender-end"),
    path("framework-office/principles/", openness.principles, name="principles"),
    *list_urls("framework-office/principles/facts", openness.FACTS),
    path("framework-office/model/", changing.rehearse, name="model-rehearse"),
    path("framework-office/model/<ref>/", changing.page, name="transition-page"),
    *list_urls("framework-office/model/<ref>/agreements", changing.LINES),
    path(
        "framework-office/model/<ref>/agreements/<int:number>/",
        changing.line,
        name="transition-line",
    ),
    path(
        "framework-office/model/<ref>/carry-out/", changing.carry_out, name="transition-carry-out"
    ),
    path("framework-office/model/<ref>/undo/", changing.undo, name="transition-undo"),
    path("framework-office/model/<ref>/confirm/", changing.confirm, name="transition-confirm"),
    path("framework-office/lots/<slug:code>/", views.lot_change, name="lot-change"),
]
