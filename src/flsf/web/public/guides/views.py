"""What every school does (S232), and the routes that a young person can take after 16 (S241)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.market.directory import queries as directory
from flsf.market.guides import queries
from flsf.market.guides.enums import Housed, Kind, Outcome
from flsf.market.guides.queries import Shown
from flsf.shared.documents import queries as documents
from flsf.web.access import found, public
from flsf.web.components import last_changed, navigation

YOUNGEST_ASKED, OLDEST_ASKED = 13, 25


@public
def schools(request: HttpRequest) -> HttpResponse:
    """What children can count on in every school, or where to read it."""
    on = clock.london_day(clock.now())
    guide = queries.of_schools(on=on)
    file = None
    if guide is not None and guide.content.housed is Housed.FILE:
        file = documents.with_ref(guide.content.file_ref, person=SYSTEM)
    earlier = queries.versions(guide.guide_id) if guide else ()
    context = {
        "guide": guide,
        "file": file,
        "earlier": [one for one in earlier if guide and one.number < guide.number],
        "is_late": guide is not None and guide.next_review_on < on,
        "changed": last_changed.latest(guide.in_force_from if guide else None),
    }
    return render(request, "public/guides/schools.html", context)


@public
def schools_file(request: HttpRequest) -> HttpResponse:
    """The file that is published today, to keep and not to run."""
    guide = found(queries.of_schools(on=clock.london_day(clock.now())))
    file = found(documents.with_ref(guide.content.file_ref, person=SYSTEM))
    content = found(documents.content(file.ref, person=SYSTEM))
    response = HttpResponse(content, content_type=file.mime_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
def routes(request: HttpRequest) -> HttpResponse:
    """Every route, or those for an age and for what somebody wants."""
    every = queries.published(Kind.ROUTE, on=clock.london_day(clock.now()))
    age, wanted = _age(request.GET.get("age", "")), _outcome(request.GET.get("for", ""))
    shown = [one for one in every if _fits(one, age, wanted)]
    context = {
        "every": every,
        "routes": shown,
        "age": age,
        "wanted": wanted,
        "outcomes": list(Outcome),
        "age_choices": range(YOUNGEST_ASKED, OLDEST_ASKED + 1),
        "training": navigation.address_of("training-list"),
        "places": navigation.address_of("internship-places"),
        "changed": last_changed.latest(*(one.in_force_from for one in every)),
    }
    return render(request, "public/guides/routes.html", context)


@public
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route on a page, with the services that belong to it, and the way to the next."""
    on = clock.london_day(clock.now())
    every = queries.published(Kind.ROUTE, on=on)
    at = found(next((n for n, one in enumerate(every, start=1) if one.slug == slug), None))
    guide = every[at - 1]
    context = {
        "guide": guide,
        "outcomes": [one.label for one in guide.content.outcomes],
        "cards": directory.cards(guide.content.services, on=on),
        "is_late": guide.next_review_on < on,
        "number": at,
        "count": len(every),
        "before": every[at - 2] if at > 1 else None,
        "after": every[at] if at < len(every) else None,
        "ask": navigation.address_of("ask"),
        "changed": last_changed.latest(guide.in_force_from),
    }
    return render(request, "public/guides/route.html", context)


def _fits(one: Shown, age: int | None, wanted: Outcome | None) -> bool:
    said = one.content
    is_age = age is None or said.lowest_age <= age <= said.highest_age
    return is_age and (wanted is None or wanted in said.outcomes)


def _age(typed: str) -> int | None:
    """An age that is asked about, or none: a page is shown whatever its address says."""
    known = {str(age): age for age in range(YOUNGEST_ASKED, OLDEST_ASKED + 1)}
    return known.get(typed.strip())


def _outcome(typed: str) -> Outcome | None:
    return Outcome(typed) if typed in Outcome else None
