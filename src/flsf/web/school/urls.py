from django.urls import path

from flsf.web.school import letters, views, worries

urlpatterns = [
    path("school/refer/", views.refer, name="school-refer"),
    path("school/refer/check/", views.check, name="school-refer-check"),
    path("school/refer/sent/<ref>/", views.sent, name="school-refer-sent"),
    path("school/refer/<slug:slug>/", views.step, name="school-refer-step"),
    path("school/pupils/", views.pupils, name="pupil-list"),
    path("school/pupils/told/", worries.told, name="pupil-worry-told"),
    path("school/pupils/<ref>/", views.pupil, name="pupil-page"),
    path("school/pupils/<ref>/worry/", worries.worry, name="pupil-worry"),
    path("school/providers/", letters.school_providers, name="school-providers"),
    path("school/providers/<str:ref>/", letters.placement_letter, name="placement-letter"),
]
