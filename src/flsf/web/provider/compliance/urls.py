from django.urls import path

from flsf.web.provider.compliance import views

urlpatterns = [
    path("provider/compliance/", views.provider_compliance, name="provider-compliance"),
]
