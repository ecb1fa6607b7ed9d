from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.children import family, views
from flsf.web.council.children.children import CHILDREN

urlpatterns = [
    *list_urls("children", CHILDREN),
    path("children/find/", views.find, name="child-find"),
    path("children/<ref>/", views.summary, name="child-page"),
    path("children/<ref>/needs/", views.needs, name="child-needs"),
    path("children/<ref>/needs/change/", views.change_needs, name="child-needs-change"),
    path("children/<ref>/contacts/", views.contacts, name="child-contacts"),
    path("children/<ref>/contacts/add/", views.add_contact, name="child-contact-add"),
    path("children/<ref>/worker/", views.name_worker, name="child-worker-name"),
    path("children/<ref>/who-may-see/", views.who_may_see, name="child-who-may-see"),
    path(
        "children/<ref>/who-may-see/<int:number>/close/",
        views.close_disclosure,
        name="child-disclosure-close",
    ),
    path("children/<ref>/family/<int:check>/", family.check_who, name="child-family-check"),
    path("children/<ref>/history/", views.history_of, name="child-history"),
]
