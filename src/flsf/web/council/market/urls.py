from django.urls import path

from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import list_urls
from flsf.web.components.pictures import picture_urls
from flsf.web.council.market import concentration, openings

urlpatterns = [
    path("market/concentration/", concentration.market_concentration, name="market-concentration"),
    *picture_urls(
        "market/concentration",
        "market-concentration-picture",
        Permission.VIEW_MONEY,
        concentration.picture,
    ),
    *list_urls("market/supply", concentration.SUPPLY),
    *list_urls("market/openings", openings.OPENINGS),
    path("market/openings/new/", openings.tell, name="opening-tell"),
    path("market/openings/<ref>/withdraw/", openings.withdraw, name="opening-withdraw"),
]
