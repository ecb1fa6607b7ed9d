from django.urls import path

from flsf.web.public.join import views

urlpatterns = [
    path("framework/join/", views.for_providers, name="for-providers"),
    path("framework/join/questions/", views.questions, name="join-questions"),
    path("framework/join/can-i/", views.answer, name="join-answer"),
    path("framework/join/can-i/<slug:slug>/", views.step, name="join-step"),
    path("framework/join/email/", views.email, name="join-email"),
    path("framework/join/email/sent/", views.sent, name="join-sent"),
    path("framework/join/begin/<str:token>/", views.link, name="join-link"),
]
