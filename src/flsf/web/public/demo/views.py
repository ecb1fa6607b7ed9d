from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from flsf.shared.accounts import queries as accounts
from flsf.web.access import found
from flsf.web.components.homes import home_of
from flsf.web.public.demo import personas


def demo(request: HttpRequest) -> HttpResponse:
    _only_in_a_demonstration()
    people = {user.persona: user.name for user in accounts.personas()}
    context = {"groups": list(personas.groups(people)), "tour": personas.tour(people)}
    return render(request, "public/demo/personas.html", context)


@require_POST
def demo_as(request: HttpRequest, persona: str) -> HttpResponse:
    """Whoever asks is that persona, from the next page on. No password: nothing here is real."""
    _only_in_a_demonstration()
    user = found(accounts.user_with_persona(persona))
    login(request, user)
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return redirect(asked)
    return redirect(home_of(user))


def _only_in_a_demonstration() -> None:
    if not settings.FLSF_DEMO:
        raise Http404
