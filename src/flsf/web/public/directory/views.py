from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.market.admissions import queries as admissions
from flsf.market.applications import queries as applications
from flsf.market.comments import queries as comments
from flsf.market.directory import actions
from flsf.market.directory import queries as directory
from flsf.market.directory.enums import Availability
from flsf.market.duties import queries as duties
from flsf.market.duties.enums import Standing
from flsf.market.guides import queries as guides
from flsf.market.others import queries as others
from flsf.market.providers.enums import Sector
from flsf.oversight.reports.rules import SMALLEST_SHOWN, safe_table
from flsf.web.access import found, public
from flsf.web.components import council, last_changed, navigation, spam
from flsf.web.components.last_changed import Changed
from flsf.web.public.directory import choices, drawing
from flsf.web.public.directory.question import Question, read

ROWS_A_PAGE = 20
NEAREST_SHOWN = 3
SAVED = "saved_services"
MOST_SAVED = 50
MOST_COMPARED = 4
COMMENTS_SHOWN = 3


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
        _note(question, results.needs_meant, request)
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
        "neighbours": directory.next_door(outcode=question.outcode) if question.is_outside else (),
        "spam": spam.new_token(now) if not results.total else "",
        "first": first,
        "pages": pages,
        "earlier": _page(question, question.page - 1) if 1 < question.page <= pages else "",
        "later": _page(question, question.page + 1) if question.page < pages else "",
        "changed": _newest(results.changed_on, on),
        "guides": guides.matching(question.words, on=on) if question.page == 1 else (),
        "error_list": [{"text": said, "href": f"#{name}"} for name, said in question.wrong.items()],
    }
    return render(request, "public/directory/search.html", context)


SERVICE = "That is when what is said here last changed. Places are as they are today."
LISTED = "That is when a service shown here last changed. Places are as they are today."
OTHER = "That is when what is said here last changed."
LOOKED = "That is when somebody last looked for one of these things."
NONE_LISTED = "Nothing is listed here today."


def _newest(newest: date | None, on: date) -> Changed:
    """Of services shown together; where there is none, that is so today."""
    return Changed(newest, LISTED) if newest else Changed(on, NONE_LISTED)


def _of_cards(cards: Sequence[directory.Card], on: date, *more: date | None) -> Changed:
    shown = directory.changed_on([one.service_id for one in cards], on=on)
    return _newest(max((one for one in (shown, *more) if one), default=None), on)


def _page(question: Question, number: int) -> str:
    return "&".join(one for one in (question.query, f"page={number}") if one)


def _note(question: Question, needs_meant: int, request: HttpRequest) -> None:
    """What nobody offers is worth knowing; a reader who only looks ahead asks nothing."""
    if request.method != "GET" or request.headers.get("Sec-Purpose"):
        return
    asked = question.asked
    actions.note_unmet(
        needs_mask=asked.needs_mask or needs_meant,
        age=asked.age,
        outcode=question.outcode,
        mode=next(iter(asked.modes)) if len(asked.modes) == 1 else None,
        by=VISITOR,
        at=clock.now(),
    )


@public
def directory_service(request: HttpRequest, slug: str) -> HttpResponse:
    on = clock.london_day(clock.now())
    shown = found(directory.service(slug, on=on))
    service = shown.service
    like_it = [("type", service.lot.code), *(("need", need.value) for need in service.needs[:1])]
    said = list(comments.published(service_id=service.pk)[:COMMENTS_SHOWN])
    is_gone = shown.taken_down_on is not None or shown.availability is not Availability.TAKING
    context = {
        "shown": shown,
        "service": service,
        "is_saved": slug in _saved(request),
        "comments": said,
        "changed": last_changed.latest(*(shown.changed_on, *comments.moments(said)), what=SERVICE),
        "instead": directory.instead_of(service, on=on) if is_gone else (),
        "alternatives": urlencode([*like_it, ("taking", "yes")]),
        "ask": navigation.address_of("ask"),
    }
    return render(request, "public/directory/service.html", context)


@public
def directory_other(request: HttpRequest, slug: str) -> HttpResponse:
    """Help that is not on the framework; what was taken off the list says so."""
    one = found(others.with_slug(slug))
    context = {
        "one": one,
        "is_saved": slug in _saved(request),
        "sector": Sector(one.sector),
        "ages": (one.lowest_age, one.highest_age),
        "changed": Changed(one.changed_on, OTHER),
    }
    return render(request, "public/directory/other.html", context)


@public
def directory_compare(request: HttpRequest) -> HttpResponse:
    """Up to four services side by side, as its address names them."""
    slugs = list(dict.fromkeys(request.GET.getlist("service")))[:MOST_COMPARED]
    on = clock.london_day(clock.now())
    compared = directory.compared(slugs, on=on)
    changed = _of_cards([one.card for one in compared], on)
    context = {"compared": compared, "changed": changed}
    return render(request, "public/directory/compare.html", context)


@public
def directory_provider(request: HttpRequest, slug: str) -> HttpResponse:
    on = clock.london_day(clock.now())
    provider, cards = found(directory.provider(slug, on=on))
    is_in_pool = any(one == provider.pk for one, _ in admissions.in_pool(on))
    told = applications.told_publicly(provider.pk, on=on) if is_in_pool else []
    context = {
        "told": told,
        "changed": _of_cards(cards, on, provider.changed_on, *(one.sent_on for one in told)),
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
        "changed": _newest(results.changed_on, on),
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
    on = clock.london_day(clock.now())
    table = directory.gaps_by_area(on)
    # In the order of their names: the order of the counts would tell how large a hidden one is.
    rows = zip(table.needs, safe_table(table.counts), strict=True)
    context = {
        "gaps": directory.gaps(on),
        "areas": table.areas,
        "area_rows": sorted(rows, key=lambda row: row[0].label),
        "few": SMALLEST_SHOWN,
        "changed": last_changed.figures(on),
        "ask": navigation.address_of("ask"),
    }
    return render(request, "public/directory/gaps.html", context)


@public
def directory_duties(request: HttpRequest) -> HttpResponse:
    """What the regulations want published: where it is, and what is missing (rule E15)."""
    items = duties.checklist(clock.london_day(clock.now()))
    missing = sum(1 for one in items if one.standing is Standing.MISSING)
    changed = last_changed.latest(*(one.told_on for one in items), what=LOOKED)
    context = {"items": items, "missing": missing, "changed": changed}
    return render(request, "public/directory/duties.html", context)


@public
def directory_saved(request: HttpRequest) -> HttpResponse:
    """The reader's own list, or the one an address shares."""
    shared = request.GET.getlist("service")[:MOST_SAVED]
    slugs = shared or _saved(request)
    address = reverse("directory-saved") + "?" + urlencode([("service", one) for one in slugs])
    on = clock.london_day(clock.now())
    cards = directory.cards(slugs, on=on)
    context = {
        "cards": cards,
        "changed": _of_cards(cards, on),
        "is_shared": bool(shared),
        "share": request.build_absolute_uri(address) if slugs else "",
        "council": council.particulars().name,
    }
    return render(request, "public/directory/saved.html", context)


@public
@require_POST
def directory_save(request: HttpRequest, slug: str) -> HttpResponse:
    """The service is on the reader's list, or no longer."""
    other = others.with_slug(slug)
    if other is None:
        found(directory.service(slug, on=clock.london_day(clock.now())))
    rest = [one for one in _saved(request) if one != slug]
    keep = request.POST.get("keep") != "no"
    request.session[SAVED] = [*rest, slug][-MOST_SAVED:] if keep else rest
    if request.POST.get("from") == "saved":
        return redirect("directory-saved")
    return redirect("directory-other" if other else "directory-service", slug=slug)


def _saved(request: HttpRequest) -> list[str]:
    return [str(one) for one in request.session.get(SAVED, [])]
