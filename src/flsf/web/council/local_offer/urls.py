from django.urls import path

from flsf.web.components.lists import list_urls
from flsf.web.council.local_offer import checklist, comments, gaps, kinds, others, views, words

urlpatterns = [
    path("local-offer/", views.local_offer, name="local-offer"),
    *list_urls("local-offer/words", words.WORDS),
    path("local-offer/words/add/", words.add, name="phrase-add"),
    path("local-offer/words/retire/", words.retire, name="phrase-retire"),
    *list_urls("local-offer/neighbours", words.NEIGHBOURS),
    path("local-offer/neighbours/add/", words.neighbour_add, name="neighbour-add"),
    path("local-offer/neighbours/retire/", words.neighbour_retire, name="neighbour-retire"),
    *list_urls("local-offer/other-help", others.OTHERS),
    path("local-offer/other-help/add/", others.add, name="other-add"),
    path("local-offer/other-help/<str:ref>/", others.change, name="other-change"),
    path("local-offer/other-help/<str:ref>/right/", others.checked, name="other-checked"),
    path("local-offer/other-help/<str:ref>/take-off/", others.take_off, name="other-take-off"),
    *list_urls("local-offer/checklist", checklist.CHECKLIST),
    path("local-offer/checklist/<int:number>/", checklist.check, name="duty-check"),
    *list_urls("local-offer/kinds", kinds.KINDS),
    path("local-offer/kinds/<str:ref>/", kinds.kind, name="kind-page"),
    *list_urls("local-offer/gaps", gaps.GAPS),
    *list_urls("local-offer/comments", comments.COMMENTS),
    path("local-offer/comments/<str:ref>/", comments.comment, name="comment-page"),
    path("local-offer/comments/<str:ref>/publish/", comments.publish, name="comment-publish"),
    path("local-offer/comments/<str:ref>/withhold/", comments.withhold, name="comment-withhold"),
    path("local-offer/comments/<str:ref>/answer/", comments.answer, name="comment-answer"),
    *list_urls("local-offer/told", gaps.TOLD),
]
