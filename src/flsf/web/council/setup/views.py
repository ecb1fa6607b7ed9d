from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.council.setup import steps


@requires(Permission.MANAGE_SETTINGS)
def setup(request: HttpRequest) -> HttpResponse:
    parts = steps.parts(person=person_of(request), on=clock.london_day(clock.now()))
    done, every = steps.done_of(parts)
    return render(
        request, "council/setup/checklist.html", {"parts": parts, "done": done, "every": every}
    )
