from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from flsf.market.feed import queries as feed
from flsf.market.feed.enums import Kind
from flsf.web.access import public
from flsf.web.components import last_changed, words
from flsf.web.public.open_data import dictionary, openapi
from flsf.web.public.open_data.api import A_WHILE, for_programs, known, tag_of

EDITION = "That is when the data, or the words on this page, last changed."


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    counts, edition = feed.counts(), feed.edition()
    context = {
        "edition": edition,
        "changed": last_changed.latest(edition.made_at if edition else None, what=EDITION),
        "kinds": [(kind, counts.get(kind, 0)) for kind in Kind],
        "services": counts.get(Kind.SERVICE, 0),
        "fields": dictionary.FIELDS,
        "columns": dictionary.COLUMNS,
        "parameters": openapi.LISTS[Kind.SERVICE_AT_LOCATION],
        "made_at": words.moment(edition.made_at) if edition else "",
    }
    return render(request, "public/open_data/page.html", context)


@for_programs
def services_json(request: HttpRequest) -> HttpResponseBase:
    return _whole(request, feed.every_service_as_list(), "application/json", "services.json")


@for_programs
def services_ndjson(request: HttpRequest) -> HttpResponseBase:
    return _whole(request, feed.every_service(), "application/x-ndjson", "services.ndjson")


@for_programs
def services_csv(request: HttpRequest) -> HttpResponseBase:
    kind = "text/csv; charset=utf-8"
    return _whole(request, feed.every_service_flat(), kind, "services.csv")


def _whole(
    request: HttpRequest, parts: Iterator[bytes], content_type: str, name: str
) -> HttpResponseBase:
    """The file a part at a time; nothing, if the reader has this edition."""
    edition = feed.edition()
    headers = {
        "ETag": tag_of(edition and edition.pk, name),
        "Cache-Control": A_WHILE,
        "Access-Control-Allow-Origin": "*",
    }
    if known(request, headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = parts if request.method == "GET" else iter(())
    return StreamingHttpResponse(body, content_type=content_type, headers=headers | named)
