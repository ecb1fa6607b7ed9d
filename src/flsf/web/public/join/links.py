"""A link that begins an application. It holds a secret, and nothing of whom it went to."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from flsf.core.people import VISITOR
from flsf.market.applications import actions
from flsf.market.applications.rules import LINK_HOURS, Asked
from flsf.shared.accounts import queries as accounts


def send(request: HttpRequest, asked: Asked, *, at: datetime) -> None:
    """One message to the address: to begin, or to sign in if it is known already.

    Nothing that anybody but its holder can see tells which.
    """
    adapter = get_adapter(request)
    user = accounts.user_with_email(asked.email)
    if user is None:
        secret = actions.ask_to_begin(asked=asked, by=VISITOR, at=at)
        where = reverse("join-link", kwargs={"token": secret})
        context = {"address": request.build_absolute_uri(where), "hours": LINK_HOURS}
        adapter.send_mail("account/email/join_link", asked.email, context)
        return
    token = accounts.sign_in_token(user.pk, at=at) or ""
    where = reverse("sign-in-by-link", kwargs={"token": token})
    context = {
        "address": request.build_absolute_uri(where),
        "minutes": settings.FLSF_SIGN_IN_LINK_MINUTES,
    }
    adapter.send_mail("account/email/sign_in_link", user.email, context)
