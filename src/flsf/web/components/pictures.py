"""Serving pictures: the drawing and its figures, each at an address of its own."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from flsf.core import clock
from flsf.core.people import VISITOR, Person
from flsf.shared.accounts.enums import Permission
from flsf.web.access import View, public, requires
from flsf.web.components import charts
from flsf.web.components.charts import Picture
from flsf.web.components.csv_file import csv_response

A_DAY = 24 * 60 * 60

Build: TypeAlias = Callable[[Person, date], Picture]


def picture_urls(
    route: str, name: str, permission: Permission | None, build: Build
) -> list[URLPattern]:
    """The drawing at `route.svg` and its figures at `route.csv`; no permission: for anyone."""

    def drawing(request: HttpRequest) -> HttpResponse:
        return _svg(_built(build, request), request)

    def figures(request: HttpRequest) -> HttpResponse:
        return _csv(_built(build, request))

    # The page belongs to whoever builds the picture, not to the pieces it is made of.
    drawing.__module__ = figures.__module__ = build.__module__
    guard: Callable[[View], View] = requires(permission) if permission else public
    return [
        path(f"{route}.svg", guard(drawing), name=f"{name}-svg"),
        path(f"{route}.csv", guard(figures), name=f"{name}-csv"),
    ]


def _built(build: Build, request: HttpRequest) -> Picture:
    person: Person = VISITOR if isinstance(request.user, AnonymousUser) else request.user
    return build(person, clock.london_day(clock.now()))


def _svg(picture: Picture, request: HttpRequest) -> HttpResponse:
    """The drawing. An address that names the version it shows may be kept by the browser."""
    tag = f'"{picture.version}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = HttpResponse(charts.svg(picture), content_type="image/svg+xml")
    response["ETag"] = tag
    kept = f"private, max-age={A_DAY}" if request.GET.get("v") == picture.version else "no-cache"
    response["Cache-Control"] = kept
    return response


def _csv(picture: Picture) -> HttpResponse:
    return csv_response(
        filename=f"{picture.name}.csv",
        headings=picture.headings,
        rows=picture.file_rows or picture.rows,
    )
