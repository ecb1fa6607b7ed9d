from django.urls import path

from flsf.web.provider.standards import views

urlpatterns = [
    path("provider/standards/", views.own_standards, name="own-standards"),
    path("provider/standards/<slug:kind>/", views.keep_to, name="own-standards-keep"),
]
