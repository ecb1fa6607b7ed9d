from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.delegations import queries as delegations
from flsf.mandate.delegations.enums import Power
from flsf.mandate.framework import actions
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import PublishedKind
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.rules import KINDS
from flsf.mandate.law import queries as law
from flsf.mandate.rounds import queries as rounds
from flsf.market.applications import queries as applications
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import queries as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.framework_office.delegations import in_force
from flsf.web.council.framework_office.forms import (
    CriteriaForm,
    ExtendForm,
    FrameworkForm,
    LotForm,
    MeasuresForm,
)
from flsf.web.council.framework_office.history import told


def _pounds(pence: int | None) -> str:
    return "" if pence is None else str(Money(pence)).removeprefix("£")


@requires(Permission.VIEW_FRAMEWORK)
def framework_page(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    current = named(request.GET, person, today)
    every = list(framework.frameworks(person=person))
    context = {
        "current": current,
        "others": [one for one in every if one != current],
        "today": today,
        "numbers": law.every(person=person),
        "may_edit": person.may(Permission.EDIT_FRAMEWORK),
        "may_review": person.may(Permission.VIEW_WAIVERS),
        **(_of(current, person, today) if current else {}),
    }
    return render(request, "council/framework_office/page.html", context)


def _of(current: Any, person: Person, today: date) -> dict[str, Any]:
    """What the page tells of one framework."""
    lots = list(framework.lots(person=person).filter(framework=current))
    called_off = budgets.called_off(lot_codes=[lot.code for lot in lots], since=current.starts_on)
    ceiling = current.ceiling_pence
    return {
        "lots": lots,
        "called_off": called_off,
        "left": None if ceiling is None else ceiling - called_off,
        "share": None if ceiling is None else round(100 * called_off / ceiling, 1),
        "model": framework.model_on(current.pk, on=today),
        "models": framework.model_settings(current.pk),
        "reopening": framework.reopening(current, on=today),
        "reopened_on": framework.reopened_on(current.pk, on=today),
        "longest": framework.longest_term(current, on=today),
        "extensions": framework.extensions(current.pk),
        "criteria": framework.criteria_in_force(current.pk, on=today),
        "delegated": delegations.count(current.pk, on=today),
        "may_say_judged": applications.questions_in_force(current.pk, on=today) is not None,
        "open_round": rounds.open_round(current.pk, on=today),
        "challenged": governance.challenges_come(current.pk) > 0,
        "registers": _registers(current, person),
        "may_see_exclusions": person.may(Permission.VIEW_EXCLUSIONS),
        "history": told(audit.history_of(f"framework {current.ref}", person=person)),
    }


def _registers(current: Any, person: Person) -> list[tuple[str, str, int]]:
    """Title, address and open entries of each register the person may read."""
    counted = governance.counts(current.pk, person=person)
    return [
        (one.title, address(f"register-of-{kind.value}", current), counted[kind])
        for kind, one in KINDS.items()
        if person.may(one.read_with)
    ]


@requires(Permission.EDIT_FRAMEWORK)
def framework_change(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    current = chosen(request, person, clock.london_day(now))
    initial = {name: getattr(current, name, "") for name in FrameworkForm.base_fields}
    initial["ceiling"] = _pounds(current.ceiling_pence)
    form = FrameworkForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(framework_id=current.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You changed the framework. What it said before is kept")
            return redirect(address("framework-page", current))
    context = {"form": form, "title": "Change the framework", "button": "Save"} | _back(current)
    return render(request, "council/framework_office/edit.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def framework_extend(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    current = chosen(request, person, today)
    form = ExtendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(framework_id=current.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You extended the framework")
            return redirect(address("framework-page", current))
    context = {"form": form, "current": current, "title": "Extend the framework"} | _back(current)
    context["delegated"] = in_force(current.pk, Power.EXTEND, person=person, on=today)
    return render(request, "council/framework_office/extend.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def lot_change(request: HttpRequest, code: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    current = chosen(request, person, clock.london_day(now))
    lot = found(framework.lot_with_code(code, framework_id=current.pk))
    initial = asdict(lot.terms) | {"name": lot.name, "price_cap": _pounds(lot.price_cap_pence)}
    form = LotForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_lot(
                lot_id=lot.pk,
                name=form.cleaned_data["name"],
                terms=form.terms(),
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You changed the lot from today. Its earlier terms are kept")
            return redirect(address("lot-change", current, code=code))
    context = {"form": form, "lot": lot, "versions": framework.versions(lot.pk)} | _back(current)
    return render(request, "council/framework_office/lot.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def criteria_publish(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    current = chosen(request, person, clock.london_day(now))
    versions = framework.published(current.pk, PublishedKind.CRITERIA)
    latest = versions.first()
    form = CriteriaForm(posted(request), initial={"criteria": latest.text if latest else ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_criteria(
                framework_id=current.pk,
                criteria=form.cleaned_data["criteria"].splitlines(),
                in_force_from=form.cleaned_data["in_force_from"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You published the criteria. Earlier versions are kept")
            return redirect(address("framework-page", current))
    context = {"form": form, "versions": versions} | _back(current)
    return render(request, "council/framework_office/criteria.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def measures_publish(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    current = chosen(request, person, today)
    usual = "\n".join(framework.measures_in_force(current.pk, on=today))
    form = MeasuresForm(posted(request), initial={"measures": usual})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_measures(
                framework_id=current.pk,
                measures=form.cleaned_data["measures"].splitlines(),
                in_force_from=form.cleaned_data["in_force_from"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You published the measures. Earlier versions are kept")
            return redirect(address("framework-page", current))
    versions = framework.published(current.pk, PublishedKind.MEASURES)
    context = {"form": form, "versions": versions} | _back(current)
    return render(request, "council/framework_office/measures.html", context)


def _back(current: Any) -> dict[str, str]:
    return {"office": address("framework-page", current)}
