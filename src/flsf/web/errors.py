"""The pages that say what went wrong, and what to do about it."""

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import ResolverMatch

from flsf.shared.accounts import rules
from flsf.shared.accounts.enums import Permission
from flsf.web.components.navigation import address_of

# PostgreSQL: waited too long for a lock, was cancelled, found two waiting for each other.
BUSY = frozenset({"55P03", "57014", "40P01", "40001"})

# Addresses that programs read: an answer they cannot read is none.
FOR_PROGRAMS = "/open-referral/"

log = structlog.get_logger("flsf.web")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(FOR_PROGRAMS):
        return _told_a_program(400, "This cannot be asked so.")
    return render(request, "400.html", status=400)


def _told_a_program(status: int, title: str) -> HttpResponse:
    said = {"status": status, "title": title, "errors": []}
    return JsonResponse(said, status=status, headers={"Access-Control-Allow-Origin": "*"})


def not_allowed(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Says which roles open the page, so that the person knows whom to ask."""
    match: ResolverMatch | None = request.resolver_match
    asked = getattr(match.func, "permission", None) if match else None
    roles = rules.roles_with(asked) if isinstance(asked, Permission) else []
    return render(request, "403.html", {"roles": [role.label for role in roles]}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A thing the person may not see reads the same as one that does not exist."""
    if request.path.startswith(FOR_PROGRAMS):
        return _told_a_program(404, "There is no such address.")
    return render(request, "404.html", {"search": address_of("directory-search")}, status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not the session's: it stood open too long, or came from elsewhere."""
    log.warning("stale-form")
    return render(request, "stale_form.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may itself be broken: no database, no session, no request."""
    return HttpResponse(render_to_string("500.html"), status=500)


class BusyDatabase:
    """A page that waited too long, or found no database, says so instead of breaking."""

    def __init__(self, get_response: object) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)  # type: ignore[operator, no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        state = getattr(error.__cause__, "sqlstate", None)
        log.warning("database-busy" if state in BUSY else "database-away", sqlstate=state)
        page = render_to_string("503.html", {"busy": state in BUSY})
        return HttpResponse(page, status=503, headers={"Retry-After": "5"})
