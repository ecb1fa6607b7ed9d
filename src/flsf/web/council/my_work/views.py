from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.council.my_work.items import grouped, tallied
from flsf.web.council.my_work.sources import work_of


@requires(Permission.MY_WORK)
def my_work(request: HttpRequest) -> HttpResponse:
    on = clock.london_day(clock.now())
    items = work_of(person_of(request), on)
    return render(
        request,
        "council/my_work/my_work.html",
        {"groups": grouped(items), "tallies": tallied(items)},
    )
