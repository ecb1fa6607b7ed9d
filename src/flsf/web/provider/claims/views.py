from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.money.payments import actions, queries
from flsf.money.payments.enums import OPEN, Status
from flsf.money.payments.queries import ClaimLine
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text, set_choices
from flsf.web.components.lists import Column, Kind, ListPage

MONTHS_BACK = 4


class MonthForm(GovukForm):
    month = forms.ChoiceField(label="Month", error_messages={"required": "Choose a month"})

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "month", [(one.isoformat(), f"{one:%B %Y}") for one in _months(on)])


def _months(on: date) -> list[date]:
    """This month and those just before it, newest first."""
    months = [on.replace(day=1)]
    while len(months) < MONTHS_BACK:
        first = months[-1]
        months.append(date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1))
    return months


def _address(row: Any) -> str:
    return reverse("provider-claim", kwargs={"ref": row.ref})


CLAIMS = ListPage(
    name="provider-claims",
    title="Claims",
    section="claims",
    permission=Permission.MAKE_CLAIMS,
    columns=(
        Column("Month", lambda row: f"{row.month:%B %Y}", link=_address),
        Column("Claim", "ref"),
        Column("Status", lambda row: str(Status(row.status).label), Kind.STATUS),
        Column("Lines", "line_count", Kind.NUMBER),
        Column("Net", "net", Kind.MONEY),
        Column("VAT", "vat", Kind.MONEY),
        Column("To be paid", "gross", Kind.MONEY),
        Column("Paid on", "paid_on", Kind.DATE),
    ),
    rows=lambda asked: queries.claims(person=asked.person, on=asked.on),
    template="provider/claims/list.html",
    context=lambda asked: {"month_form": MonthForm(on=asked.on)},
    noun=("claim", "claims"),
    empty="You have no claims yet. Mark your sessions, then make the claim for a month.",
    worked_out=(
        "A claim is made from the sessions you marked and your rate on each day. You check it, ask "
        "about any line, and send it. Nothing has to be typed in."
    ),
)


@requires(Permission.MAKE_CLAIMS)
def draft(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    form = MonthForm(request.POST or None, on=clock.london_day(now))
    own = found(providers.own(person=person))
    if request.method == "POST" and form.is_valid():
        month = date.fromisoformat(form.cleaned_data["month"])
        try:
            claim = actions.draft(provider_id=own.pk, month=month, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("provider-claim", ref=claim.ref)
    return render(request, "provider/claims/draft.html", {"form": form})


@requires(Permission.MAKE_CLAIMS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    person, on = person_of(request), clock.london_day(clock.now())
    claim = found(queries.with_ref(ref, person=person, on=on))
    is_open = claim.status in OPEN

    def ask_about(line: ClaimLine) -> str:
        return reverse("provider-claim-ask", kwargs={"ref": ref, "line": key_of(line)})

    return render(
        request,
        "provider/claims/claim.html",
        {
            "claim": claim,
            "lines": queries.exceptions_first(claim.id, person=person, on=on),
            "is_open": is_open,
            "ask": ask_about if is_open else None,
        },
    )


@requires(Permission.MAKE_CLAIMS)
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    claim = found(queries.with_ref(ref, person=person, on=clock.london_day(now)))
    if request.method == "POST":
        try:
            actions.submit(claim_id=claim.id, by=person, at=now)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Claim {ref} is sent. The council will check it.")
        return redirect("provider-claim", ref=ref)
    return render(
        request,
        "provider/claims/send.html",
        {"claim": claim, "cancel": reverse("provider-claim", kwargs={"ref": ref})},
    )


class AskForm(GovukForm):
    words = long_text(
        "What do you want to ask or say?",
        missing="Say what is not right about this line",
        max_length=300,
        help_text="Do not write a child's name",
    )


@requires(Permission.MAKE_CLAIMS)
def ask(request: HttpRequest, ref: str, line: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    on = clock.london_day(now)
    claim = found(queries.with_ref(ref, person=person, on=on))
    lines = {key_of(one): one for one in queries.exceptions_first(claim.id, person=person, on=on)}
    asked = found(lines.get(line))
    form = AskForm(request.POST or None, initial={"words": asked.provider_says})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_about(line_id=asked.id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your question goes with the claim.")
            return redirect("provider-claim", ref=ref)
    return render(
        request, "provider/claims/ask.html", {"form": form, "claim": claim, "line": asked}
    )


def key_of(line: ClaimLine) -> str:
    """How an address names a line: its placement, day and half."""
    return f"{line.placement_ref}-{line.day.isoformat()}-{line.half}"
