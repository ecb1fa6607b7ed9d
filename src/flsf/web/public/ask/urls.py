from django.urls import path

from flsf.web.public.ask import views

urlpatterns = [
    path("ask/", views.start, name="ask"),
    path("ask/check/", views.check, name="ask-check"),
    path("ask/sent/", views.sent, name="ask-sent"),
    path("ask/help-now/", views.danger, name="ask-danger"),
    path("ask/status/", views.status, name="ask-status"),
    path("ask/status/told/", views.told, name="ask-status-told"),
    path("ask/status/<key>/", views.open_status, name="ask-status-open"),
    path("ask/<slug:slug>/", views.step, name="ask-step"),
]
