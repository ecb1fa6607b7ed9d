"""The addresses of an installation that has connected its identity service."""

from django.urls import include, path

from flsf.web.public.sign_in.urls import council_account
from flsf.web.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("", include(council_account))]
