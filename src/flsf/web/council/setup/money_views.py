from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.money import Money
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import actions
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.rules import year_in_words
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.audit import queries as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.setup.money_forms import BudgetForm, FundForm, LimitForm, years_around


@requires(Permission.SET_BUDGETS)
def money_set_up(request: HttpRequest) -> HttpResponse:
    """The funds, their budgets year by year, and who may decide how much."""
    person, today = person_of(request), clock.london_day(clock.now())
    years = years_around(today)
    set_for = {(one.fund_code, one.year_begins): one for one in budgets.positions(person=person)}
    funds = [
        {
            "fund": fund,
            "years": [
                {"begins": begins, "words": words, "now": set_for.get((fund.code, begins))}
                for begins, words in years[: 3 + 1]
            ],
        }
        for fund in budgets.funds(person=person)
    ]
    limits = [
        {
            "role": Role(one.role).label,
            "limit": "Any amount" if one.limit_pence is None else str(Money(one.limit_pence)),
            "since": one.in_force_from,
            "is_ahead": one.in_force_from > today,
            "source": one.source,
        }
        for one in budgets.limits(person=person)
    ]
    context = {
        "funds": funds,
        "limits": limits,
        "may_limit": person.may(Permission.MANAGE_SETTINGS),
    }
    return render(request, "council/setup/money.html", context)


@requires(Permission.SET_BUDGETS)
def fund_add(request: HttpRequest) -> HttpResponse:
    form = FundForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            fund = actions.open_fund(
                code=form.code_of(given["name"]), **given, by=person_of(request), at=clock.now()
            )
        except Refusal:
            form.add_error("name", "There is a fund of that name already. Choose another name.")
        else:
            messages.success(request, f"You opened the fund {fund.name}")
            return redirect("setup-money")
    return _question(request, form, "Open a fund", "Open the fund")


@requires(Permission.SET_BUDGETS)
def budget_set(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The fund's budget for the financial year that begins in April of `year`."""
    person = person_of(request)
    fund = found(budgets.fund_with_code(code, person=person))
    begins = _year(year)
    held = next(
        (
            one
            for one in budgets.positions(person=person, year_begins=begins)
            if one.fund_code == code
        ),
        None,
    )
    committed, amount = (held.committed, held.amount) if held else (Money(0), Money(0))
    initial = {"seen": amount.pence, "amount": str(amount).removeprefix("£") if held else ""}
    form = BudgetForm(posted(request), initial=initial, committed=committed)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_budget(
                fund_id=fund.pk,
                year_begins=begins,
                amount_pence=form.cleaned_data["amount"],
                because=form.cleaned_data["because"],
                if_still_pence=form.seen_pence,
                by=person,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"You set the budget of {fund.name} for {year_in_words(begins)}"
            )
            return redirect("setup-money")
    if not form.asks_if_meant():
        del form.fields["is_meant"]
    context = {
        "fund": fund,
        "held": held,
        "history": audit.history_of(f"budget {held.budget_id}", person=person) if held else [],
    }
    return _question(
        request,
        form,
        f"{fund.name}: budget for {year_in_words(begins)}",
        "Set the budget",
        template="council/setup/budget.html",
        **context,
    )


@requires(Permission.MANAGE_SETTINGS)
def limit_add(request: HttpRequest) -> HttpResponse:
    """A new limit is a new row: what held before stays to be read."""
    now = clock.now()
    today = clock.london_day(now)
    form = LimitForm(posted(request), initial={"in_force_from": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_limit(
                role=given["role"],
                limit_pence=given["limit_pence"],
                in_force_from=given["in_force_from"],
                source=given["source"],
                not_before=today,
                by=person_of(request),
                at=now,
            )
        except Refusal as refusal:
            form.add_error("in_force_from", str(refusal))
        else:
            messages.success(request, "The limit is set. What held before is kept")
            return redirect("setup-money")
    return _question(request, form, "Say who may decide how much", "Set the limit")


def _year(year: int) -> date:
    """The first day of that financial year, if budgets are set for it here."""
    known = {one.year: one for one, _ in years_around(clock.london_day(clock.now()))}
    if year not in known:
        raise Http404
    return known[year]


def _question(
    request: HttpRequest,
    form: Any,
    title: str,
    button: str,
    *,
    template: str = "layouts/question.html",
    **more: Any,
) -> HttpResponse:
    context = {
        "title": title,
        "section": "budgets",
        "form": form,
        "button": button,
        "cancel": reverse("setup-money"),
    }
    return render(request, template, context | more)
