"""From "can I join?" to the first page of an application."""

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.core.refusals import Refusal
from flsf.flows.join_framework import join_framework
from flsf.mandate.framework import queries as framework
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.applications import queries as applications
from flsf.market.applications.rules import (
    LINK_HOURS,
    Asked,
    can_join,
    what_passes,
)
from flsf.market.evaluation import queries as evaluation
from flsf.shared.accounts import queries as accounts
from flsf.web.access import found, public
from flsf.web.components import asking, last_changed
from flsf.web.components.fields import GovukForm, posted
from flsf.web.public.join import chosen, forms, links

SAID = "join-said"
STEPS: dict[str, type[GovukForm]] = {
    "kind": forms.KindForm,
    "lots": forms.LotsForm,
    "checked": forms.CheckedForm,
    "insured": forms.InsuredForm,
    "past": forms.PastForm,
}
ORDER = tuple(STEPS)
PROMISED = (Key.ACKNOWLEDGE_APPLICATION_DAYS, Key.DECIDE_APPLICATION_DAYS, Key.SMALL_JOIN_DAYS)


@public
def for_providers(request: HttpRequest) -> HttpResponse:
    """What joining asks of a provider, how long it takes, and the way in.

    Where several frameworks ask, people choose one first.
    """
    today = clock.london_day(clock.now())
    every = asking.frameworks(today)
    current = chosen.named(request, every)
    if current is None and every:
        return render(request, "public/join/choose.html", {"frameworks": every})
    current = current or framework.current(today)
    way_in = _way_in(current, today)
    questions = applications.questions_in_force(current.pk, on=today) if current else None
    measured = None
    if questions and not way_in["closed_because"]:
        measured = evaluation.measured(None, on=today)
    promised = law.values(PROMISED, on=today)
    asked_since = last_changed.latest(questions.in_force_from if questions else None)
    context = {
        **way_in,
        "changed": last_changed.figures(today) if measured else asked_since,
        "measured": measured,
        "current": current,
        "several": len(every) > 1,
        "here": f"?framework={current.ref}" if current and len(every) > 1 else "",
        "questions": questions,
        "acknowledge": promised[Key.ACKNOWLEDGE_APPLICATION_DAYS],
        "decide": promised[Key.DECIDE_APPLICATION_DAYS],
        "small_join": promised[Key.SMALL_JOIN_DAYS],
        "first": ORDER[0],
    }
    return render(request, "public/join/start.html", context)


def _way_in(current: Any, today: date) -> dict[str, Any]:
    """Whether one may apply to it today, and if not, why or when."""
    open_round = rounds.open_round(current.pk, on=today) if current else None
    next_round = rounds.next_round(current.pk, on=today) if current else None
    has_rounds = bool(current and rounds.rounds(current.pk, on=today))
    closed_because = ""
    if current and not next_round:
        closed_because = _closed_because(current.pk, open_round, has_rounds=has_rounds, on=today)
    return {
        "closed_because": closed_because,
        "is_never_shut": current and framework.rolls(current.pk, on=today),
        "open_round": open_round,
        "next_round": next_round,
        "has_rounds": has_rounds,
    }


def _closed_because(
    framework_id: int, open_round: RoundFacts | None, *, has_rounds: bool, on: date
) -> str:
    """Why nobody can join for as long as the framework works as it does; empty if they can."""
    number = open_round.number if open_round else None
    answer = framework.may_apply(framework_id, open_round=number, has_rounds=has_rounds, on=on)
    if answer.is_allowed or framework.takes_newcomers_again(framework_id, on=on):
        return ""
    return answer.why


@public
def questions(request: HttpRequest) -> HttpResponse:
    """Everything that is asked, what passes and why: open to all before they begin."""
    today = clock.london_day(clock.now())
    current = chosen.kept(request, today)
    if current is None and asking.frameworks(today):
        return redirect("for-providers")
    asked = found(applications.questions_in_force(found(current).pk, on=today))
    content = asked.questions
    sections = [
        (one, [(each, what_passes(each)) for each in content.questions if each.section == one.code])
        for one in content.sections
    ]
    context = {
        "asked": asked,
        "changed": last_changed.latest(asked.in_force_from),
        "framework": current,
        "sections": [pair for pair in sections if pair[1]],
    }
    return render(request, "public/join/questions.html", context)


@never_cache
@public
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the five questions."""
    found(STEPS.get(slug))
    if _is_to_choose(request):
        return redirect("for-providers")
    said = request.session.get(SAID, {})
    form = _form(request, slug, posted(request), said)
    if request.method == "POST" and form.is_valid():
        request.session[SAID] = said | {slug: form.cleaned_data[slug]}
        place = ORDER.index(slug) + 1
        if place == len(ORDER):
            return redirect("join-answer")
        return redirect("join-step", slug=ORDER[place])
    place = ORDER.index(slug)
    before = reverse("join-step", args=[ORDER[place - 1]]) if place else reverse("for-providers")
    context = {
        "title": str(form.fields[slug].label),
        "form": form,
        "place": place + 1,
        "back": {"text": "Back", "href": before},
    }
    return render(request, "public/join/step.html", context)


@never_cache
@public
def answer(request: HttpRequest) -> HttpResponse:
    """Whether they can join, and if not, what would change that."""
    said = request.session.get(SAID, {})
    if waiting := [slug for slug in ORDER if slug not in said]:
        return redirect("join-step", slug=waiting[0])
    context = {"verdict": can_join(said), "first": ORDER[0], "said": said}
    return render(request, "public/join/answer.html", context)


@never_cache
@public
def email(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    """Where to send the link. What is answered is the same whether the address is known or not."""
    said = request.session.get(SAID, {})
    if _is_to_choose(request):
        return redirect("for-providers")
    if any(slug not in said for slug in ORDER):
        return redirect("join-answer")
    form = forms.LinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = Asked(
            email=str(given["email"]).lower(),
            name=given["name"],
            organisation=given["organisation"],
            lots=tuple(said["lots"]),
            known={"kind": said["kind"]},
            framework=_ref(request),
        )
        return _send(request, asked)
    return render(request, "public/join/email.html", {"form": form})


@never_cache
@public
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "public/join/sent.html", {"hours": LINK_HOURS})


@never_cache
@public
@sensitive_variables("token")
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link of the letter. To open it changes nothing, so a mail scanner uses nothing up.

    Too old, or used: a new one goes to the same address only.
    """
    now = clock.now()
    asked, is_good = applications.beginning(token, at=now)
    if asked is None:
        return render(request, "public/join/link_broken.html", status=404)
    if not is_good or accounts.user_with_email(asked.email) is not None:
        if request.method == "POST":
            return _send(request, asked)
        return render(request, "public/join/link_spent.html", status=410)
    if request.method != "POST":
        return render(request, "public/join/link_open.html", {"asked": asked})
    return _begin(request, asked)


def _begin(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    now = clock.now()
    current = chosen.of_link(asked.framework, clock.london_day(now))
    if current is None:
        return render(request, "public/join/link_spent.html", status=410)
    try:
        ref = join_framework(
            email=asked.email,
            name=asked.name,
            organisation_name=asked.organisation,
            framework_id=current.pk,
            lots=asked.lots,
            known=asked.known,
            by=VISITOR,
            at=now,
        )
    except Refusal:
        return render(request, "public/join/link_spent.html", status=410)
    request.session.pop(SAID, None)
    return perform_login(  # type: ignore[no-any-return]
        request,
        accounts.user_with_email(asked.email),
        redirect_url=reverse("application-tasks", kwargs={"ref": ref}),
    )


def _send(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    too_many: HttpResponse | None = ratelimit.consume_or_429(
        request, action="sign_in_link", key=asked.email
    )
    if too_many:
        return too_many
    links.send(request, asked, at=clock.now())
    return redirect("join-sent")


def _is_to_choose(request: HttpRequest) -> bool:
    """Whether several frameworks ask and none was chosen yet."""
    today = clock.london_day(clock.now())
    return chosen.kept(request, today) is None and bool(asking.frameworks(today))


def _ref(request: HttpRequest) -> str:
    one = chosen.kept(request, clock.london_day(clock.now()))
    return one.ref if one else ""


def _form(request: HttpRequest, slug: str, data: Any, said: dict[str, Any]) -> GovukForm:
    make: Callable[..., GovukForm] = STEPS[slug]
    if slug == "lots":
        today = clock.london_day(clock.now())
        current = chosen.kept(request, today)
        offered = applications.may_be_applied_for(current.pk, on=today) if current else []
        form = make(data, lots=[(one.code, one.name) for one in offered])
    else:
        form = make(data)
    form.initial = {slug: said.get(slug)}
    return form
