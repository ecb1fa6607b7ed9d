from django.urls import include, path
from django.views.generic import RedirectView

from flsf.web.access import public

urlpatterns = [
    path("", public(RedirectView.as_view(pattern_name="sign-in")), name="start"),
    path("", include("flsf.web.public.urls")),
]
