from django.urls import path

from flsf.web.provider.value import views

urlpatterns = [
    path("provider/value/", views.own_value, name="own-value"),
    path("provider/value/report/", views.own_value_report, name="own-value-report"),
    path("provider/value/climate/", views.own_climate, name="own-climate"),
]
