from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from flsf.casework.calloffs.enums import DirectGround
from flsf.casework.matching import queries
from flsf.casework.matching.rules import RuleBook
from flsf.core import clock
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import PublishedKind
from flsf.web.access import public
from flsf.web.components import last_changed


@public
def page(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    rule_set = queries.rules_in_force(today)
    running = framework.running(today)
    told = framework.last_published_on(
        [one.pk for one in running], PublishedKind.CALL_OFF_METHOD, on=today
    )
    context = {
        "changed": last_changed.latest(rule_set.in_force_from, told),
        "rule_set": rule_set,
        "book": RuleBook.from_content(rule_set.version, rule_set.content),
        "versions": queries.rule_sets(),
        "grounds": [one.label for one in DirectGround],
        "methods": [(one.name, one.call_off_method) for one in running],
    }
    return render(request, "public/how_we_choose.html", context)


@public
def as_json(request: HttpRequest) -> HttpResponse:
    """Every version, as it is followed."""
    versions = [
        {
            "version": one.version,
            "in_force_from": one.in_force_from.isoformat(),
            "sha256": one.sha256,
            "content": one.content,
        }
        for one in queries.rule_sets()
    ]
    return JsonResponse({"versions": versions})
