from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.dates import in_words
from flsf.jobs import nightly
from flsf.shared.accounts import queries as accounts
from flsf.web import demo_clock
from flsf.web.access import found
from flsf.web.components.fields import posted
from flsf.web.components.homes import home_of
from flsf.web.public.demo import personas
from flsf.web.public.demo.forms import DayForm
from flsf.web.public.demo.tour import tour


def demo(request: HttpRequest) -> HttpResponse:
    _only_in_a_demonstration()
    people = {user.persona: user.name for user in accounts.personas()}
    today = clock.london_day(clock.now())
    context = {
        "groups": list(personas.groups(people)),
        "tour": tour(people, clock.now()),
        "ahead": demo_clock.days_ahead(request),
        "form": DayForm(today=_real_day(request), initial={"day": today}),
    }
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


def demo_day(request: HttpRequest) -> HttpResponse:
    """It is another day for this visitor, and what the clock sets off before it has been done."""
    _only_in_a_demonstration()
    real = _real_day(request)
    form = DayForm(posted(request), today=real)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        demo_clock.pretend(request, day, today=real)
        _tell_of(request, clock.now() + (day - clock.london_day(clock.now())))
        return redirect("demo")
    return render(request, "public/demo/day.html", {"form": form})


@require_POST
def demo_night(request: HttpRequest) -> HttpResponse:
    """The night's round about checks is run for the pretended day. Running it again is harmless."""
    _only_in_a_demonstration()
    _tell_of(request, clock.now())
    return redirect("demo")


def _tell_of(request: HttpRequest, at: datetime) -> None:
    night = nightly.look_after_checks(at)
    messages.success(
        request,
        f"It is {in_words(clock.london_day(at))}. Last night {_many(night.messages, 'message')} "
        f"went to providers, and {_many(night.decisions, 'decision')} about children "
        f"{'was' if night.decisions == 1 else 'were'} asked for.",
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _real_day(request: HttpRequest) -> date:
    return clock.london_day(clock.now() - timedelta(days=demo_clock.days_ahead(request)))


def _only_in_a_demonstration() -> None:
    if not settings.FLSF_DEMO:
        raise Http404
