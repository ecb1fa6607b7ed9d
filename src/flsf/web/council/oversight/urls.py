from django.urls import path

from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import list_urls
from flsf.web.components.pictures import picture_urls
from flsf.web.council.oversight import provisions, views
from flsf.web.council.oversight.figures import alone
from flsf.web.council.oversight.pictures import PICTURES

urlpatterns = [
    path("oversight/", views.overview, name="overview"),
    *list_urls("oversight/report-check", views.REPORT_CHECK),
    *list_urls("oversight/commissioning-review", provisions.REVIEW),
    path("oversight/bridge/", views.bridge, name="bridge-edit"),
    path("oversight/bridge/take-out/", views.take_out, name="bridge-take-out"),
    *(
        pattern
        for name, draw in PICTURES.items()
        for pattern in picture_urls(
            f"oversight/pictures/{name}", f"picture-{name}", Permission.VIEW_OVERSIGHT, alone(draw)
        )
    ),
]
