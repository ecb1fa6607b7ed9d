from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.components.pictures import picture_urls
from flsf.web.public.market import coming, views

urlpatterns = [
    path("market/", views.market, name="market"),
    *picture_urls("market/mix", "market-mix", None, views.mix),
    path("market/coming/", coming.market_coming, name="market-coming"),
    *picture_urls("market/waiting", "market-waiting", None, coming.waiting),
    *list_urls("market/by-kind", views.BY_KIND),
    *list_urls("market/by-type", views.BY_TYPE),
    *list_urls("market/by-place", views.BY_PLACE),
]
