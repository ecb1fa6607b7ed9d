from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.access import person_of, requires
from flsf.web.council.my_work.items import Whose, grouped, of_whom, tallied
from flsf.web.council.my_work.sources import work_of

TABS = ((Whose.MINE, "Mine"), (Whose.TEAM, "My team"), (Whose.ALL, "All I may do"))


@requires(Permission.MY_WORK)
def my_work(request: HttpRequest) -> HttpResponse:
    """What there is to do; whoever has a team begins with the team's."""
    person, on = person_of(request), clock.london_day(clock.now())
    team: Team | None = getattr(person, "team", None)
    asked = request.GET.get("whose", "")
    whose = Whose(asked) if asked in set(Whose) else Whose.TEAM
    every = work_of(person, on)
    items = of_whom(every, whose, person_id=person.pk, team=team)
    tabs = [
        (name, each.value, len(of_whom(every, each, person_id=person.pk, team=team)))
        for each, name in TABS
    ]
    context = {
        "groups": grouped(items),
        "tallies": tallied(items),
        "tabs": tabs if team else [],
        "whose": whose.value,
        "elsewhere": len(every) - len(items),
    }
    return render(request, "council/my_work/my_work.html", context)
