from django.urls import path

from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import list_urls
from flsf.web.components.pictures import picture_urls
from flsf.web.council.money import claims, spending

urlpatterns = [
    path("money/", spending.overview, name="money-overview"),
    *picture_urls("money/headroom", "headroom", Permission.VIEW_MONEY, spending.headroom),
    *list_urls("money/spend", spending.SPEND),
    *list_urls("money/payments", claims.PAYMENTS),
    *list_urls("money/claims", claims.CLAIMS),
    path("money/claims/<ref>/", claims.page, name="claim-page"),
    path("money/claims/<ref>/approve/", claims.approve, name="claim-approve"),
    path("money/claims/<ref>/send-back/", claims.send_back, name="claim-send-back"),
    path("money/claims/<ref>/pay/", claims.pay, name="claim-pay"),
]
