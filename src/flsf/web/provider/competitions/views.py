"""A provider reads what is wanted, asks, bids, withdraws, and reads how it went."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.competitions import actions, queries, rules
from flsf.casework.competitions.enums import Stage
from flsf.casework.competitions.queries import Own
from flsf.core import clock
from flsf.core.money import Money
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.competition_words import Line, late, moment, titles
from flsf.web.components.fields import posted
from flsf.web.components.refused import say
from flsf.web.provider.competitions.forms import FIELDS, WORDS, BidForm, QuestionForm

SEALED = "Your bid is sealed. Nobody at the council sees it, or that you bid, before the deadline"


def _own(request: HttpRequest, ref: str) -> Own:
    return found(queries.own(ref, person=person_of(request), at=clock.now()))


def _frame(own: Own) -> dict[str, Any]:
    one = own.competition
    return {
        "own": own,
        "competition": one,
        "ref": one.ref,
        "brief": one.told,
        "stage": own.stage,
        "criteria": one.judged_by,
        "closes": moment(one.closes_at),
        "unit": one.lot.get_unit_display(),
        "threshold": one.published["threshold"],
        "formula": one.published["formula"],
    }


@requires(Permission.MANAGE_OWN_SERVICES)
def own_competitions(request: HttpRequest) -> HttpResponse:
    """Every competition the provider was asked to bid in, the latest first."""
    person, at = person_of(request), clock.now()
    bid_for = queries.bid_for_by(person=person)
    rows = [
        (one, queries.stage_of(one, at), moment(one.closes_at), one.pk in bid_for)
        for one in queries.asked_of(person=person)
    ]
    return render(request, "provider/competitions/list.html", {"rows": rows})


@requires(Permission.MANAGE_OWN_SERVICES)
def own_competition(request: HttpRequest, ref: str) -> HttpResponse:
    """What is wanted and how it is judged; one's own bid; and once it is decided how it went."""
    own = _own(request, ref)
    one = own.competition
    context = _frame(own) | {
        "addenda": [(added, moment(added.closes_at)) for added in one.addenda.order_by("pk")],
        "price": Money(own.bid.rate_pence) if own.bid else None,
        "late": [late(sent.sent_at, one.closes_at) for sent in own.late],
        "result": _result(own),
    }
    return render(request, "provider/competitions/page.html", context)


def _result(own: Own) -> dict[str, Any] | None:
    """How one's own bid went beside the first, and nothing of anybody else's."""
    mine, first = own.mine, own.first
    if mine is None or first is None:
        return None
    named = titles(own.competition.judged_by, own.competition.price_weight)
    lines = [
        _line(title, weight, first["parts"][code], mine["parts"][code])
        for code, (title, weight) in named.items()
    ]
    whole = sum(weight for _, weight in named.values())
    total = _line("Total", whole, first["total"], mine["total"])
    return {
        "is_first": mine["place"] == 1,
        "place": mine["place"],
        "of": len(own.competition.ranking),
        "first": first["provider"],
        "below": [named[code][0] for code in mine["below"]],
        "lines": lines,
        "total": total,
        "reasons": [
            (named[code][0], one.score, one.reason)
            for code, one in own.reasons.items()
            if code in named
        ],
        "is_tied": mine["total"] == first["total"] and mine["place"] != 1,
    }


def _line(title: str, weight: int, first: int, mine: int) -> Line:
    return Line(title, weight, *map(rules.in_points, (first, mine, first - mine)))


@requires(Permission.MANAGE_OWN_SERVICES)
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    own = _own(request, ref)
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                competition_id=own.competition.pk,
                words=form.cleaned_data["words"],
                by=person_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            messages.success(request, "The council has your question. The answer goes to everybody")
            return redirect("provider-competition", ref=ref)
    return render(request, "provider/competitions/ask.html", _frame(own) | {"form": form})


@requires(Permission.MANAGE_OWN_SERVICES)
def bid(request: HttpRequest, ref: str) -> HttpResponse:
    """Sent in time it is sealed; sent late it is told so, to the second."""
    own = _own(request, ref)
    if request.method != "POST" and own.stage in (Stage.AWARDED, Stage.STOPPED):
        return redirect("provider-competition", ref=ref)
    services = _services(own)
    form = BidForm(
        posted(request),
        services=services,
        unit=own.competition.lot.get_unit_display(),
        criteria=own.competition.judged_by,
        initial=_first(own, services),
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.bid(
                competition_id=own.competition.pk,
                offer=form.said(),
                by=person_of(request),
                at=clock.now(),
            )
        except actions.AnswersMissing as refusal:
            for code in refusal.codes:
                form.add_error(WORDS + code, str(refusal))
        except Refusal as refusal:
            say(form, refusal, FIELDS)
        else:
            if sent.is_late:
                messages.error(request, late(sent.sent_at, own.competition.closes_at))
            else:
                messages.success(request, SEALED)
            return redirect("provider-competition", ref=ref)
    return render(request, "provider/competitions/bid.html", _frame(own) | {"form": form})


def _services(own: Own) -> list[tuple[str, str]]:
    """One's services in the lot that have a price, with what the rate card says."""
    day = max(own.competition.told.starts_on, clock.london_day(clock.now()))
    found: Iterable[Any] = providers.services_of(own.provider.pk, on=day)
    return [
        (one.ref, f"{one.name}: {Money(one.rate_pence)} on your rate card")
        for one in found
        if one.lot_id == own.competition.lot_id and one.rate_pence is not None
    ]


def _first(own: Own, services: list[tuple[str, str]]) -> dict[str, Any]:
    """What was bid already, so that nothing is typed twice."""
    if own.bid is None:
        only = services[0][0] if len(services) == 1 else None
        return {"service": only, "starts_on": own.competition.told.starts_on}
    words = {WORDS + code: said for code, said in own.bid.words.items()}
    return words | {
        "service": own.bid.service.ref,
        "price": str(Money(own.bid.rate_pence)),
        "starts_on": own.bid.starts_on,
    }


@requires(Permission.MANAGE_OWN_SERVICES)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    own = _own(request, ref)
    refused = ""
    if request.method == "POST":
        try:
            actions.withdraw(
                competition_id=own.competition.pk, by=person_of(request), at=clock.now()
            )
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Your bid is withdrawn. That it was there stays on record")
            return redirect("provider-competition", ref=ref)
    context = _frame(own) | {"refused": refused}
    return render(request, "provider/competitions/withdraw.html", context)
