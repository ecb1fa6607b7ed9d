from django.urls import path

from flsf.web.council.framework_office import views

urlpatterns = [
    path("framework-office/", views.framework_page, name="framework-page"),
    path("framework-office/change/", views.framework_change, name="framework-change"),
    path("framework-office/extend/", views.framework_extend, name="framework-extend"),
    path("framework-office/lots/<slug:code>/", views.lot_change, name="lot-change"),
]
