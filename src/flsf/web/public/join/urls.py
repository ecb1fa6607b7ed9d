from django.urls import path

from flsf.web.public.join import policies, views

urlpatterns = [
    path("framework/join/", views.for_providers, name="for-providers"),
    path("framework/join/questions/", views.questions, name="join-questions"),
    path("framework/join/policies/", policies.model_policies, name="model-policies"),
    path("framework/join/policies/<slug:slug>/", policies.model_page, name="model-policy"),
    path("framework/join/policies/<slug:slug>.docx", policies.model_file, name="model-policy-file"),
    path("framework/join/can-i/", views.answer, name="join-answer"),
    path("framework/join/can-i/<slug:slug>/", views.step, name="join-step"),
    path("framework/join/email/", views.email, name="join-email"),
    path("framework/join/email/sent/", views.sent, name="join-sent"),
    path("framework/join/begin/<str:token>/", views.link, name="join-link"),
]
