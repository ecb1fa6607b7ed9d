from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.mandate.framework import queries as framework
from flsf.market.checks import queries as checks
from flsf.web.access import public
from flsf.web.components import navigation


@public
def framework_public(request: HttpRequest) -> HttpResponse:
    today = clock.london_day(clock.now())
    current = framework.current(today)
    context = {
        "current": current,
        "lots": framework.lots(person=VISITOR).filter(framework=current),
        "checks": checks.every(),
        "how_we_choose": navigation.address_of("how-we-choose"),
    }
    return render(request, "public/framework/page.html", context)
