from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.imports import steps, views

urlpatterns = [
    *list_urls("imports", views.BATCHES),
    path("imports/new/", steps.start, name="import-start"),
    path("imports/templates/<kind>.csv", views.template, name="import-template"),
    path("imports/<ref>/", views.page, name="import-page"),
    path("imports/<ref>/problems.csv", views.problems, name="import-problems"),
    path("imports/<ref>/sheet/", steps.sheet, name="import-sheet"),
    path("imports/<ref>/columns/", steps.columns, name="import-columns"),
    path("imports/<ref>/commit/", steps.commit, name="import-commit"),
    path("imports/<ref>/refuse/", steps.refuse, name="import-refuse"),
    path("imports/<ref>/undo/", steps.undo, name="import-undo"),
]
