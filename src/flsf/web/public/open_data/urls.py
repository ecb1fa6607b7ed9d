from django.urls import path, re_path

from flsf.market.feed.enums import Kind
from flsf.web.public.open_data import api, openapi, views

BASE = "open-referral/v3"
# The names of our addresses; the addresses themselves are the standard's.
NAMES = {
    Kind.SERVICE: "open-referral-service",
    Kind.ORGANIZATION: "open-referral-organization",
    Kind.SERVICE_AT_LOCATION: "open-referral-service-at-location",
    Kind.TAXONOMY: "open-referral-taxonomy",
    Kind.TAXONOMY_TERM: "open-referral-taxonomy-term",
}

urlpatterns = [
    path("open-data/", views.open_data, name="open-data"),
    path("open-data/services.json", views.services_json, name="open-data-services-json"),
    path("open-data/services.ndjson", views.services_ndjson, name="open-data-services-ndjson"),
    path("open-data/services.csv", views.services_csv, name="open-data-services-csv"),
    path(f"{BASE}/", api.open_referral, name="open-referral"),
    path(f"{BASE}/openapi.json", api.open_referral_openapi, name="open-referral-openapi"),
    # The standard writes them without a last stroke; many readers add one.
    *(
        re_path(rf"^{BASE}/{kind}/?$", api.list_view(kind, asked), name=f"{NAMES[kind]}-list")
        for kind, asked in openapi.LISTS.items()
    ),
    *(
        re_path(rf"^{BASE}/{kind}/(?P<uuid>[^/]+)/?$", api.record_view(kind), name=NAMES[kind])
        for kind in openapi.LISTS
    ),
]
