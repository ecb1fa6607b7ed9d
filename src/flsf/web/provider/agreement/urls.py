from django.urls import path

from flsf.web.provider.agreement import views

urlpatterns = [
    path("provider/agreements/", views.own_agreements, name="own-agreements"),
    path("provider/agreements/<str:ref>/", views.own_agreement, name="own-agreement"),
    path(
        "provider/agreements/<str:ref>/file/", views.own_agreement_file, name="own-agreement-file"
    ),
    path("provider/agreements/<str:ref>/accept/", views.agreement_accept, name="agreement-accept"),
    path("provider/agreements/<str:ref>/reply/", views.agreement_reply, name="agreement-reply"),
]
