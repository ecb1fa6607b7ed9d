from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.market.directory import actions
from flsf.market.directory import queries as directory
from flsf.market.directory.enums import Availability
from flsf.web.access import found, public
from flsf.web.components import council, navigation
from flsf.web.public.directory import choices, drawing
from flsf.web.public.directory.question import Question, read

ROWS_A_PAGE = 20
NEAREST_SHOWN = 3
SAVED = "saved_services"
MOST_SAVED = 50


@public
def directory_search(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    on, question = clock.london_day(now), read(request.GET)
    first = (question.page - 1) * ROWS_A_PAGE
    results = directory.search(
        question.asked, at=question.at, on=on, first=first, count=ROWS_A_PAGE
    )
    ways = choices.ways_on(question, results.nearest)
    nearest: Sequence[directory.Card] = ()
    if not results.total and question.asked.is_anything:
        _note(question, request)
        if results.nearest:
            best = results.nearest[0][0].asked
            nearest = directory.search(best, at=question.at, on=on, count=NEAREST_SHOWN).cards
    pages = -(-results.total // ROWS_A_PAGE)
    context = {
        "question": question,
        "results": results,
        "groups": choices.groups(question, results),
        "distances": choices.distances(question),
        "chosen": choices.chosen(question, results),
        "ways": ways,
        "nearest": nearest,
        "first": first,
        "pages": pages,
        "earlier": _page(question, question.page - 1) if 1 < question.page <= pages else "",
        "later": _page(question, question.page + 1) if question.page < pages else "",
        "error_list": [{"text": said, "href": f"#{name}"} for name, said in question.wrong.items()],
    }
    return render(request, "public/directory/search.html", context)


def _page(question: Question, number: int) -> str:
    return "&".join(one for one in (question.query, f"page={number}") if one)


def _note(question: Question, request: HttpRequest) -> None:
    """What nobody offers is worth knowing; a reader who only looks ahead asks nothing."""
    if request.method != "GET" or request.headers.get("Sec-Purpose"):
        return
    asked = question.asked
    actions.note_unmet(
        needs_mask=asked.needs_mask,
        age=asked.age,
        outcode=question.outcode,
        mode=next(iter(asked.modes)) if len(asked.modes) == 1 else None,
        by=VISITOR,
        at=clock.now(),
    )


@public
def directory_service(request: HttpRequest, slug: str) -> HttpResponse:
    shown = found(directory.service(slug, on=clock.london_day(clock.now())))
    service = shown.service
    like_it = [("type", service.lot.code), *(("need", need.value) for need in service.needs[:1])]
    context = {
        "shown": shown,
        "service": service,
        "is_saved": slug in _saved(request),
        "alternatives": urlencode([*like_it, ("taking", "yes")]),
        "ask": navigation.address_of("ask"),
    }
    return render(request, "public/directory/service.html", context)


@public
def directory_provider(request: HttpRequest, slug: str) -> HttpResponse:
    provider, cards = found(directory.provider(slug, on=clock.london_day(clock.now())))
    context = {
        "provider": provider,
        "cards": cards,
        "is_paused": all(one.availability is Availability.PAUSED for one in cards),
    }
    return render(request, "public/directory/provider.html", context)


@public
def directory_map(request: HttpRequest) -> HttpResponse:
    on, question = clock.london_day(clock.now()), read(request.GET)
    results = directory.search(question.asked, at=question.at, on=on, count=0)
    spots = directory.spots(question.asked, at=question.at, on=on)
    context = {
        "question": question,
        "results": results,
        "placed": sum(spot.count for spot in spots),
        "wards": drawing.by_ward(spots),
        "chosen": choices.chosen(question, results),
    }
    return render(request, "public/directory/map.html", context)


@public
def directory_map_picture(request: HttpRequest) -> HttpResponse:
    on, question = clock.london_day(clock.now()), read(request.GET)
    spots = directory.spots(question.asked, at=question.at, on=on)
    picture = drawing.map_of(spots, home=question.at)
    return HttpResponse(
        picture,
        content_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=60"},
    )


@public
def directory_gaps(request: HttpRequest) -> HttpResponse:
    context = {
        "gaps": directory.gaps(clock.london_day(clock.now())),
        "ask": navigation.address_of("ask"),
    }
    return render(request, "public/directory/gaps.html", context)


@public
def directory_saved(request: HttpRequest) -> HttpResponse:
    """The reader's own list, or the one an address shares."""
    shared = request.GET.getlist("service")[:MOST_SAVED]
    slugs = shared or _saved(request)
    address = reverse("directory-saved") + "?" + urlencode([("service", one) for one in slugs])
    context = {
        "cards": directory.cards(slugs, on=clock.london_day(clock.now())),
        "is_shared": bool(shared),
        "share": request.build_absolute_uri(address) if slugs else "",
        "council": council.particulars().name,
    }
    return render(request, "public/directory/saved.html", context)


@public
@require_POST
def directory_save(request: HttpRequest, slug: str) -> HttpResponse:
    """The service is on the reader's list, or no longer."""
    found(directory.service(slug, on=clock.london_day(clock.now())))
    others = [one for one in _saved(request) if one != slug]
    keep = request.POST.get("keep") != "no"
    request.session[SAVED] = [*others, slug][-MOST_SAVED:] if keep else others
    if request.POST.get("from") == "saved":
        return redirect("directory-saved")
    return redirect("directory-service", slug=slug)


def _saved(request: HttpRequest) -> list[str]:
    return [str(one) for one in request.session.get(SAVED, [])]
