from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires


@requires(Permission.MANAGE_OWN_SERVICES)
def provider_compliance(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    shown = checks.standings([provider.pk], on=today)[provider.pk]
    context = {
        "provider": provider,
        "checks": shown,
        "overdue": [one for one in shown if one.standing is Standing.OVERDUE],
        "due_soon": [one for one in shown if one.standing is Standing.DUE_SOON],
        "standings": admissions.standings([provider.pk], on=today, person=person)[provider.pk],
        "changes": admissions.changes(provider.pk, person=person),
    }
    return render(request, "provider/compliance/page.html", context)
