from flsf.web.components.lists import list_urls
from flsf.web.council.waiting.how_soon import HOW_SOON
from flsf.web.council.waiting.waiting import WAITING

urlpatterns = [*list_urls("waiting", WAITING), *list_urls("waiting/how-soon", HOW_SOON)]
