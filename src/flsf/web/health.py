"""Whether we live, and whether we can serve. Asked by the launcher and by load balancers."""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from flsf.core import clock
from flsf.jobs import heartbeat
from flsf.web import safety
from flsf.web.access import public


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
