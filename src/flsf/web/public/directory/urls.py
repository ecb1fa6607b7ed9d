from django.urls import path

from flsf.web.public.directory import looked_for, views

urlpatterns = [
    path("directory/", views.directory_search, name="directory-search"),
    path("directory/map/", views.directory_map, name="directory-map"),
    path("directory/map.svg", views.directory_map_picture, name="directory-map-picture"),
    path("directory/saved/", views.directory_saved, name="directory-saved"),
    path("directory/compare/", views.directory_compare, name="directory-compare"),
    path("directory/other/<slug:slug>/", views.directory_other, name="directory-other"),
    path("directory/looked-for/", looked_for.tell, name="directory-looked-for"),
    path("directory/what-we-must-tell-you/", views.directory_duties, name="directory-duties"),
    path("directory/gaps/", views.directory_gaps, name="directory-gaps"),
    path("directory/services/<slug:slug>/", views.directory_service, name="directory-service"),
    path("directory/services/<slug:slug>/save/", views.directory_save, name="directory-save"),
    path("directory/providers/<slug:slug>/", views.directory_provider, name="directory-provider"),
]
