from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.continuity import views
from flsf.web.council.continuity.listing import CONTINUITY

urlpatterns = [
    *list_urls("continuity", CONTINUITY),
    path("continuity/<str:ref>/", views.continuity_page, name="continuity-page"),
    path("continuity/<str:ref>/decide/", views.continuity_decide, name="continuity-decide"),
]
