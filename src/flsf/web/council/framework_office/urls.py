from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.framework_office import rounds, views

urlpatterns = [
    path("framework-office/", views.framework_page, name="framework-page"),
    path("framework-office/change/", views.framework_change, name="framework-change"),
    path("framework-office/extend/", views.framework_extend, name="framework-extend"),
    path("framework-office/criteria/", views.criteria_publish, name="criteria-publish"),
    *list_urls("framework-office/rounds", rounds.ROUNDS),
    path("framework-office/rounds/new/", rounds.open_round, name="round-open"),
    path("framework-office/rounds/<int:number>/", rounds.page, name="round-page"),
    path("framework-office/rounds/<int:number>/close/", rounds.close, name="round-close"),
    path("framework-office/rounds/<int:number>/notice/", rounds.notice, name="round-notice"),
    path("framework-office/lots/<slug:code>/", views.lot_change, name="lot-change"),
]
