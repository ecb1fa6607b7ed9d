from django.urls import path

from flsf.web.council.exclusions import views

urlpatterns = [
    path("exclusions/", views.exclusions, name="exclusions"),
    path("exclusions/list/", views.take_in, name="debarment-take-in"),
    path("exclusions/matches/<str:ref>/", views.match, name="debarment-match"),
    path("exclusions/cases/<str:ref>/", views.case, name="exclusion-case"),
    path("exclusions/cases/<str:ref>/decide/", views.decide, name="exclusion-decide"),
    path("exclusions/cases/<str:ref>/minister/", views.minister, name="exclusion-minister"),
    path("exclusions/cases/<str:ref>/end/", views.end, name="exclusion-end"),
    path("providers/<str:ref>/exclusion/", views.open_about, name="exclusion-open"),
]
