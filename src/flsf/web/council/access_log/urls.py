from flsf.web.components.lists import list_urls
from flsf.web.council.access_log.views import ENTRIES, VIEWS

urlpatterns = [*list_urls("audit/views", VIEWS), *list_urls("audit", ENTRIES)]
