from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.registers import views

ROUTE = "framework-office/registers"
ENTRY = f"{ROUTE}/<slug:kind>/<int:number>"

urlpatterns = [
    *[url for one in views.LISTS for url in list_urls(f"{ROUTE}/{one.name[12:]}", one)],
    path(f"{ROUTE}/<slug:kind>/new/", views.add, name="entry-add"),
    path(f"{ENTRY}/", views.page, name="entry-page"),
    path(f"{ENTRY}/change/", views.change, name="entry-change"),
    path(f"{ENTRY}/close/", views.close, name="entry-close"),
]
