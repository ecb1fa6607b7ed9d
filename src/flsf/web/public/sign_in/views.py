from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from flsf.core import clock
from flsf.shared.accounts import queries as accounts
from flsf.web.public.sign_in.forms import LinkForm


@never_cache
def sign_in_link(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link. What is answered is the same whether or not the address is known."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = str(form.cleaned_data["email"]).lower()
        too_many: HttpResponse | None = ratelimit.consume_or_429(
            request, action="sign_in_link", key=email
        )
        if too_many:
            return too_many
        _send(request, email)
        return redirect("sign-in-link-sent")
    return render(request, "public/sign_in/link.html", {"form": form})


@never_cache
def sign_in_link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public/sign_in/link_sent.html", _minutes())


@never_cache
@sensitive_variables("token")
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link of the letter. To open it changes nothing, so a mail scanner uses nothing up."""
    user = accounts.user_with_sign_in_token(token, at=clock.now())
    if user is None:
        return render(request, "public/sign_in/link_spent.html", status=410)
    if request.method == "POST":
        return perform_login(request, user)  # type: ignore[no-any-return]
    return render(request, "public/sign_in/link_open.html")


def _send(request: HttpRequest, email: str) -> None:
    """A link to a known address; to an unknown one, word that nobody signs in with it.

    Both send one message, so that neither the page nor the time it takes tells them apart.
    """
    adapter = get_adapter(request)
    user = accounts.user_with_email(email)
    if user is None:
        adapter.send_mail("account/email/unknown_account", email, {})
        return
    token = accounts.sign_in_token(user.pk, at=clock.now())
    address = request.build_absolute_uri(reverse("sign-in-by-link", kwargs={"token": token or ""}))
    adapter.send_mail("account/email/sign_in_link", user.email, {"address": address} | _minutes())


def _minutes() -> dict[str, int]:
    return {"minutes": settings.FLSF_SIGN_IN_LINK_MINUTES}
