from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.provider import own
from flsf.web.provider.register import rows
from flsf.web.provider.register.worries import unfinished


@requires(Permission.RECORD_SESSIONS)
def today(request: HttpRequest) -> HttpResponse:
    """The sessions of today, and those of the last two weeks that nobody has marked."""
    person, now = person_of(request), clock.now()
    day = clock.london_day(now)
    mine = own.mine(person, on=day)
    sessions = rows.sessions_of(mine, day - rows.LOOK_BACK, day, at=now)
    todays = [row for row in sessions if row.day == day]
    missing = [row for row in sessions if row.day < day and row.mark is None]
    shown = {row.mine.ref: row.mine for row in [*todays, *missing]}
    own.note_views(shown.values(), page="provider-today", by=person, at=now)
    return render(
        request,
        "provider/today/page.html",
        {
            "title": "Today",
            "section": "register",
            "day": day,
            "todays": todays,
            "missing": missing,
            "worries": unfinished(request),
            "manages": own.manages(person),
        },
    )
