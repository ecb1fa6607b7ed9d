"""A link that begins an application. It says to whom it went, and cannot be forged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from flsf.shared.accounts import queries as accounts

SALT = "flsf.join-link"
HOURS = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to begin, and what they said so far."""

    email: str
    name: str
    organisation: str
    lots: tuple[str, ...]
    known: Mapping[str, str]


def token_for(asked: Asked, *, at: datetime) -> str:
    """What goes in the link."""
    return signing.dumps({**asdict(asked), "at": int(at.timestamp())}, salt=SALT, compress=True)


def read(token: str, *, at: datetime) -> tuple[Asked | None, bool]:
    """What a link says, and whether it is still good. None: nobody of ours made it."""
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, False
    age = timedelta(seconds=at.timestamp() - said.pop("at"))
    asked = Asked(**said | {"lots": tuple(said["lots"])})
    return asked, age <= timedelta(hours=HOURS)


def send(request: HttpRequest, asked: Asked, *, at: datetime) -> None:
    """One message to the address: to begin, or to sign in if it is known already.

    Nothing that anybody but its holder can see tells which.
    """
    adapter = get_adapter(request)
    user = accounts.user_with_email(asked.email)
    if user is None:
        where = reverse("join-link", kwargs={"token": token_for(asked, at=at)})
        context = {"address": request.build_absolute_uri(where), "hours": HOURS}
        adapter.send_mail("account/email/join_link", asked.email, context)
        return
    token = accounts.sign_in_token(user.pk, at=at) or ""
    where = reverse("sign-in-by-link", kwargs={"token": token})
    context = {
        "address": request.build_absolute_uri(where),
        "minutes": settings.FLSF_SIGN_IN_LINK_MINUTES,
    }
    adapter.send_mail("account/email/sign_in_link", user.email, context)
