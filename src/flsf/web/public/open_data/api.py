"""Open Referral UK (HSDS-UK 3.0): the addresses the standard asks for, read-only, for anyone."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from flsf.market.feed import queries as feed
from flsf.market.feed.enums import Kind
from flsf.web.access import View, public
from flsf.web.public.open_data import openapi
from flsf.web.public.open_data.asked import wanted
from flsf.web.public.open_data.parameters import USUAL_A_PAGE, Parameter, read

PROFILE = "https://docs.openreferraluk.org/en/3.0/"
VERSION = "HSDS-UK-3.0"
A_WHILE = "public, max-age=60"


def for_programs(view: View) -> View:
    """Anyone may read, and nobody can write: whatever else is tried is answered with 405."""
    # Nothing is changed here, so there is nothing to forge; only so is 405 the answer.
    return public(csrf_exempt(require_safe(view)))


def answer(
    content: str, *, status: int = 200, etag: str = "", request: HttpRequest | None = None
) -> HttpResponse:
    """JSON that any page may read. With an entity tag that the reader has: nothing new."""
    headers = {"Access-Control-Allow-Origin": "*"}
    if etag:
        headers |= {"ETag": etag, "Cache-Control": A_WHILE}
        if request is not None and known(request, etag):
            return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type="application/json", status=status, headers=headers)


def known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader says that it has this version, or any."""
    has = [
        one.strip().removeprefix("W/")
        for one in request.headers.get("If-None-Match", "").split(",")
    ]
    return etag in has or "*" in has


def refusal(status: int, title: str, errors: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """What is wrong, in words and by parameter."""
    said = {"status": status, "title": title, "errors": list(errors)}
    return answer(json.dumps(said), status=status)


def tag_of(*parts: object) -> str:
    """An entity tag that differs when any part does."""
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


@for_programs
def open_referral(request: HttpRequest) -> HttpResponse:
    """What this API is."""
    said = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": request.build_absolute_uri(reverse("open-referral-openapi")),
    }
    return answer(json.dumps(said))


@for_programs
def open_referral_openapi(request: HttpRequest) -> HttpResponse:
    """The API described for programs."""
    server = request.build_absolute_uri(reverse("open-referral"))
    return answer(json.dumps(openapi.document(server.rstrip("/")), indent=1))


def list_view(kind: Kind, parameters: Sequence[Parameter]) -> View:
    """A page of the records of a kind, with the standard's heading."""

    @for_programs
    def view(request: HttpRequest) -> HttpResponse:
        given, wrong = read(parameters, request.GET)
        if wrong:
            return refusal(400, "This cannot be asked so.", wrong)
        edition = feed.edition()
        etag = tag_of(edition and edition.pk, request.get_full_path())
        if known(request, etag):
            return answer("", etag=etag, request=request)
        number, size = given.get("page", 1), given.get("per_page", USUAL_A_PAGE)
        page = feed.page(
            kind,
            wanted(given),
            first=(number - 1) * size,
            count=size,
            in_full=given.get("full", False),
        )
        return answer(_paged(page, number, size), etag=etag)

    return view


def _paged(page: feed.Page, number: int, size: int) -> str:
    pages = max(1, -(-page.total // size))
    heading: dict[str, Any] = {
        "total_items": page.total,
        "total_pages": pages,
        "page_number": number,
        "size": len(page.records),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not page.records,
    }
    contents = ",\n".join(page.records)
    return f'{json.dumps(heading)[:-1]}, "contents": [\n{contents}\n]}}'


def record_view(kind: Kind) -> View:
    """One record in full."""

    @for_programs
    def view(request: HttpRequest, uuid: str) -> HttpResponse:
        found = feed.record(kind, UUID(uuid)) if _is_uuid(uuid) else None
        if found is None:
            return refusal(404, "There is no such record.")
        body, _ = found
        return answer(body, etag=tag_of(body), request=request)

    return view


def _is_uuid(given: str) -> bool:
    try:
        return str(UUID(given)) == given.lower()
    except ValueError:
        return False
