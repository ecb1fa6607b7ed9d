from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import PublishedKind
from flsf.mandate.rounds import queries as rounds
from flsf.market.checks import queries as checks
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind
from flsf.web.access import public
from flsf.web.components import last_changed, navigation
from flsf.web.public.join.chosen import named

PUBLISHED = (PublishedKind.CRITERIA, PublishedKind.MEASURES, PublishedKind.CALL_OFF_METHOD)


def _versions(current: Any, kind: PublishedKind, today: date) -> list[Any]:
    """What is in force and what was, the latest first; none that is still to come."""
    if current is None:
        return []
    return list(framework.published(current.pk, kind).filter(in_force_from__lte=today))


@public
def framework_public(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    running = framework.running(today)
    current = named(request, running) or next(iter(running), None)
    published = [_versions(current, kind, today) for kind in PUBLISHED]
    criteria, measures, methods = published
    asked_for = list(checks.every())
    days = [one.in_force_from for versions in published for one in versions]
    days += [one.needed_from for one in asked_for if one.needed_from <= today]
    context = {
        "changed": last_changed.latest(*days),
        "current": current,
        "others": [one for one in running if one != current],
        "lots": framework.lots(person=VISITOR).filter(framework=current),
        "open_round": rounds.open_round(current.pk, on=today) if current else None,
        "criteria": criteria,
        "measures": measures,
        "methods": methods,
        "checks": asked_for,
        "how_we_choose": navigation.address_of("how-we-choose"),
    }
    return render(request, "public/framework/page.html", context)


@public
def standards_public(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    every = [(kind, list(standards.versions(kind, on=today))) for kind in Kind]
    changed = last_changed.latest(*(one.in_force_from for _, versions in every for one in versions))
    context = {"every": every, "changed": changed}
    return render(request, "public/framework/standards.html", context)
