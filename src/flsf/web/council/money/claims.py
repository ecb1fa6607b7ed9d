from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.money.payments import actions, queries
from flsf.money.payments.enums import Status
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage


class ClaimFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *Status.choices]
    )
    provider = forms.CharField(label="Provider", required=False)


def _claims(asked: Asked) -> Any:
    status = asked.filters.get("status")
    return queries.claims(
        person=asked.person,
        on=asked.on,
        statuses=[Status(status)] if status else (),
        provider_name=asked.filters.get("provider") or "",
    )


def _address(row: Any) -> str:
    return reverse("claim-page", kwargs={"ref": row.ref})


CLAIMS = ListPage(
    name="claim-list",
    title="Claims",
    section="money",
    permission=Permission.VIEW_MONEY,
    columns=(
        Column("Claim", "ref", link=_address),
        Column("Provider", lambda row: row.provider.name),
        Column("Month", lambda row: f"{row.month:%B %Y}"),
        Column("Status", lambda row: str(Status(row.status).label), Kind.STATUS),
        Column("Lines", "line_count", Kind.NUMBER),
        Column("Want an eye", "flagged", Kind.NUMBER),
        Column("Net", "net", Kind.MONEY, in_files_only=True),
        Column("VAT", "vat", Kind.MONEY, in_files_only=True),
        Column("To pay, with VAT", "gross", Kind.MONEY),
    ),
    rows=_claims,
    filters=ClaimFilters,
    noun=("claim", "claims"),
    empty="No claim matches these filters.",
    intro=(
        "What wants doing comes first: claims to approve with lines that want an eye, then the "
        "other claims to approve, then those to pay."
    ),
    worked_out=(
        "A claim is made from the marks of a month and the rate in force on each day, each line "
        "rounded once, half a penny up. Lines want an eye when they go beyond the award, its "
        "dates, its timetable or its rate, were marked late, are charged though the child did not "
        "come, or the provider asks about them."
    ),
)

PAYMENTS = ListPage(
    name="payment-list",
    title="Payments",
    section="money",
    permission=Permission.VIEW_MONEY,
    columns=(
        Column("Claim", "ref", link=_address),
        Column("Provider", lambda row: row.provider.name),
        Column("Provider reference", lambda row: row.provider.ref),
        Column("Month", lambda row: f"{row.month:%B %Y}"),
        Column("Net", "net", Kind.MONEY),
        Column("VAT", "vat", Kind.MONEY),
        Column("Paid, with VAT", "gross", Kind.MONEY),
        Column("Paid on", "paid_on", Kind.DATE),
    ),
    rows=lambda asked: queries.claims(person=asked.person, on=asked.on, statuses=[Status.PAID]),
    noun=("payment", "payments"),
    empty="Nothing has been paid yet.",
    worked_out="Every claim recorded as paid, with the day on which it was.",
)


@requires(Permission.VIEW_MONEY)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    person, on = person_of(request), clock.london_day(clock.now())
    claim = found(queries.with_ref(ref, person=person, on=on))
    lines = queries.exceptions_first(claim.id, person=person, on=on)
    is_own = claim.submitted_by_id == person.pk
    return render(
        request,
        "council/money/claim.html",
        {
            "claim": claim,
            "flagged": [line for line in lines if line.flags],
            "plain": [line for line in lines if not line.flags],
            "may_approve": claim.status is Status.SUBMITTED
            and person.may(Permission.APPROVE_CLAIMS)
            and not is_own,
            "may_pay": claim.status is Status.APPROVED and person.may(Permission.RECORD_PAYMENTS),
        },
    )


class ApproveForm(GovukForm):
    reason = long_text(
        "Why may it be paid?",
        missing="Say why it may be paid",
        help_text="For example: the marks agree with the award; two missed sessions were checked",
    )


class SendBackForm(GovukForm):
    words = long_text("What should the provider look at?", missing="Say what to look at")


class PayForm(GovukForm):
    paid_on = DatePartsField(
        label="On which day was it paid?", missing="Enter the day on which it was paid"
    )


@requires(Permission.APPROVE_CLAIMS)
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(
        request, ref, ApproveForm, actions.approve, "Approve claim", "Approve", "is approved"
    )


@requires(Permission.APPROVE_CLAIMS)
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(
        request,
        ref,
        SendBackForm,
        actions.send_back,
        "Send back claim",
        "Send back",
        "is sent back",
    )


@requires(Permission.RECORD_PAYMENTS)
def pay(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(
        request, ref, PayForm, actions.pay, "Record payment of claim", "Record payment", "is paid"
    )


def _step(
    request: HttpRequest,
    ref: str,
    form_class: type[GovukForm],
    act: Callable[..., None],
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    """One step of a claim: a question, one action, back to the claim."""
    person, now = person_of(request), clock.now()
    claim = found(queries.with_ref(ref, person=person, on=clock.london_day(now)))
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(claim_id=claim.id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Claim {ref} {done}.")
            return redirect("claim-page", ref=ref)
    context = {"form": form, "claim": claim, "title": f"{title} {ref}", "button": button}
    return render(request, "council/money/step.html", context)
