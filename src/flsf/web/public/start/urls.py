from django.urls import path

from flsf.web.access import public, signed_in
from flsf.web.public.start import views

urlpatterns = [
    path("", public(views.start), name="start"),
    path("first-page/", signed_in(views.home), name="home"),
    path("your-pages/", signed_in(views.your_pages), name="your-pages"),
    path("accessibility/", public(views.accessibility), name="accessibility"),
    path("contact/", public(views.contact), name="contact"),
    path("council-colour.css", public(views.colour), name="council-colour"),
    path("privacy/", public(views.privacy), name="privacy"),
]
