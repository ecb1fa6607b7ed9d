from flsf.web.components.lists import list_urls
from flsf.web.council.waiting.waiting import WAITING

urlpatterns = list_urls("waiting", WAITING)
