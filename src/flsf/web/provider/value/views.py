from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.flows.report_value import report_value
from flsf.market.promises import actions, queries, rules
from flsf.market.providers import queries as providers
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents.actions import ScannerAway
from flsf.shared.documents.rules import MOST_BYTES, BadFile
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import posted
from flsf.web.provider.value.forms import PlanForm, ReportForm

FIELDS: refused.Fields = {
    actions.StillWaiting: ("year",),
    BadFile: ("paper",),
    ScannerAway: ("paper",),
    actions.YearNotSensible: ("net_zero_by",),
}


def _years(on: date) -> list[date]:
    """This school year and the last."""
    this = rules.year_of(on)
    return [this, date(this.year - 1, this.month, 1)]


@requires(Permission.MANAGE_OWN_SERVICES)
def own_value(request: HttpRequest) -> HttpResponse:
    """What the provider promised and delivered, its reports, and its plan for the climate."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    context = {
        "years": [
            (
                rules.in_words(year),
                queries.compared([provider.pk], year=year, person=person)[provider.pk],
            )
            for year in _years(today)
        ],
        "plan": queries.plans([provider.pk], person=person).get(provider.pk),
        "expected": standards.in_force(Kind.SUSTAINABILITY, on=today),
        "reports": queries.reports(person=person, provider_id=provider.pk),
        "in_words": rules.in_words,
        "net_zero_by": rules.NET_ZERO_BY,
    }
    return render(request, "provider/value/page.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_value_report(request: HttpRequest) -> HttpResponse:
    """The provider reports what it delivered; somebody of the council looks at it."""
    person, now = person_of(request), clock.now()
    provider = found(providers.own(person=person))
    years = _years(clock.london_day(now))
    due = queries.unreported([provider.pk], year=years[1], person=person)
    # What is due is asked about first.
    initial = {"year": str(years[1].year if due else years[0].year)}
    form = ReportForm(posted(request), request.FILES or None, years=years, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": provider.pk, "report": form.report(), "by": person, "at": now}
        if paper := form.cleaned_data["paper"]:
            # One byte more than is taken is enough to refuse it, however big it is.
            answers |= {"file_name": paper.name, "content": paper.read(MOST_BYTES + 1)}
        if refused.settled(form, report_value, answers, FIELDS):
            messages.success(request, "You sent the report. The council will look at it.")
            return redirect("own-value")
    return render(request, "provider/value/report.html", {"form": form})


@requires(Permission.MANAGE_OWN_SERVICES)
def own_climate(request: HttpRequest) -> HttpResponse:
    """The provider says what it does for the climate; the last word counts, with its day."""
    person, now = person_of(request), clock.now()
    provider = found(providers.own(person=person))
    last = queries.plans([provider.pk], person=person).get(provider.pk)
    initial = {"words": last.words, "net_zero_by": last.net_zero_by} if last else {}
    form = PlanForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {
            "provider_id": provider.pk,
            "plan": form.plan(),
            "told_in": "Told by the provider",
            "by": person,
            "at": now,
        }
        if refused.settled(form, actions.tell_plan, answers, FIELDS):
            messages.success(request, "The council has what you do for the climate")
            return redirect("own-value")
    return render(request, "provider/value/climate.html", {"form": form})
