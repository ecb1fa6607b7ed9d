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
from flsf.web.components import navigation


def _versions(current: Any, kind: PublishedKind, today: date) -> list[Any]:
    """What is in force and what was, the latest first; none that is still to come."""
    if current is None:
        return []
    return list(framework.published(current.pk, kind).filter(in_force_from__lte=today))


@public
def framework_public(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    current = framework.current(today)
    context = {
        "current": current,
        "lots": framework.lots(person=VISITOR).filter(framework=current),
        "open_round": rounds.open_round(current.pk, on=today) if current else None,
        "criteria": _versions(current, PublishedKind.CRITERIA, today),
        "measures": _versions(current, PublishedKind.MEASURES, today),
        "methods": _versions(current, PublishedKind.CALL_OFF_METHOD, today),
        "checks": checks.every(),
        "how_we_choose": navigation.address_of("how-we-choose"),
    }
    return render(request, "public/framework/page.html", context)


@public
def standards_public(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    every = [(kind, list(standards.versions(kind, on=today))) for kind in Kind]
    return render(request, "public/framework/standards.html", {"every": every})
