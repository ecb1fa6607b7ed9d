"""Whether we live, and whether we can serve. Asked by the launcher and by load balancers."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from flsf.core import clock
from flsf.jobs import heartbeat
from flsf.web import safety
from flsf.web.access import public

ASKED_BY_ADDRESS = frozenset({"/healthz", "/readyz"})


class AskedByAddress:
    """Whoever watches us asks by number, not by a name of ours; these two pages answer still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in ASKED_BY_ADDRESS and settings.ALLOWED_HOSTS:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".")
            request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return self._get_response(request)


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked of it."""
    return HttpResponse("alive", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Pages can be served: 200, else 503. A silent worker is told, and serves pages still."""
    told: dict[str, Any] = {"ready": False, "database": False, "migrated": False}
    told["worker"] = {"heard": False, "seconds_ago": None}
    try:
        waiting = unapplied()
        told |= {"database": True, "migrated": not waiting, "right_data": not safety.wrong_data()}
        if not waiting:
            told["worker"] = heartbeat.told(clock.now())
        told["ready"] = told["migrated"] and told["right_data"]
    except DatabaseError:
        pass
    return JsonResponse(told, status=200 if told["ready"] else 503)


def unapplied() -> int:
    """How many migrations of this release the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
