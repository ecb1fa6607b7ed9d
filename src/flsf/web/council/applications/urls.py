from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.applications import agreeing, deciding, measured, queue, rounds, sheet, views

ONE = "applications/<str:ref>/"

urlpatterns = [
    *list_urls("applications", queue.QUEUE),
    *list_urls("applications/completion", measured.COMPLETION),
    path(ONE, views.file, name="application-file"),
    path(f"{ONE}evaluators/", views.evaluators, name="application-evaluators"),
    path(f"{ONE}interest/", views.interest, name="application-interest"),
    path(f"{ONE}ask/", views.ask, name="application-ask"),
    path(f"{ONE}unanswered/", views.close_question, name="application-close-question"),
    path(f"{ONE}sheet/", sheet.sheet, name="application-sheet"),
    path(f"{ONE}anew/<slug:criterion>/", views.reopen, name="application-reopen"),
    path(f"{ONE}agree/", agreeing.agree, name="application-agree"),
    path(f"{ONE}report/", deciding.report, name="application-report"),
    path(f"{ONE}decision/", deciding.decision, name="application-decision"),
    path(f"{ONE}numbers/<str:number>/", deciding.number, name="application-number"),
    path(f"{ONE}excluded/", deciding.excluded, name="application-excluded"),
    *list_urls("framework-office/rounds/<int:number>/applications", rounds.APPLICATIONS),
    path("framework-office/rounds/<int:number>/tell/", rounds.tell, name="round-tell"),
    path("framework-office/rounds/<int:number>/telling/", rounds.telling, name="round-telling"),
]
