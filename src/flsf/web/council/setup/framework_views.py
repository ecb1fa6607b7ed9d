from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows.set_up_framework import set_up_framework
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.rules import DEFAULT_LOTS
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.checks.rules import DEFAULT_CHECKS
from flsf.market.kinds.rules import DEFAULT_KINDS
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.setup.framework_forms import ChecksForm, FirstFrameworkForm


@requires(Permission.MANAGE_SETTINGS)
def framework_page(request: HttpRequest) -> HttpResponse:
    """The first framework. Once there is one, what it is, and who changes it."""
    form = FirstFrameworkForm(
        posted(request), initial={"initial_years": 3, "extension_years_allowed": 5}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_up_framework(**form.cleaned_data, by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The framework is set up, with the usual lots")
            return redirect("setup-framework")
    person = person_of(request)
    held = framework.latest()
    context = {
        "form": form,
        "held": held,
        "lots": list(framework.lots(person=person).filter(framework=held)) if held else [],
        "usual": [one.name for one in DEFAULT_LOTS],
        "kinds": [name for name, _ in DEFAULT_KINDS],
    }
    return render(request, "council/setup/framework.html", context)


@requires(Permission.MANAGE_SETTINGS)
def checks_page(request: HttpRequest) -> HttpResponse:
    """What is asked of every provider before it may be chosen."""
    now = clock.now()
    form = ChecksForm(posted(request), initial={"needed_from": clock.london_day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            checks.require_many(**form.cleaned_data, by=person_of(request), at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Providers are asked for these checks")
            return redirect("setup-checks")
    context = {
        "form": form,
        "held": list(find_checks.every()),
        "usual": DEFAULT_CHECKS,
        "cancel": reverse("setup"),
    }
    return render(request, "council/setup/checks.html", context)
