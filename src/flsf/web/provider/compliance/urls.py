from django.urls import path

from flsf.web.provider.compliance import types, views

urlpatterns = [
    path("provider/compliance/", views.provider_compliance, name="provider-compliance"),
    path("provider/compliance/tell/", views.compliance_tell, name="compliance-tell"),
    path("provider/compliance/groups/", views.own_groups, name="own-groups"),
    path("provider/compliance/type/", types.own_types, name="own-types"),
    path("provider/compliance/steps/<str:ref>/", views.step_reply, name="step-reply"),
]
