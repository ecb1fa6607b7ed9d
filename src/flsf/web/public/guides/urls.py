from django.urls import path

from flsf.web.public.guides import views

urlpatterns = [
    path("directory/what-schools-do/", views.schools, name="oap"),
    path("directory/what-schools-do/file/", views.schools_file, name="oap-file"),
    path("after-16/", views.routes, name="pathways"),
    path("after-16/routes/<slug:slug>/", views.route, name="pathway"),
]
