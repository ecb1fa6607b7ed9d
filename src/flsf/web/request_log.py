"""A line in the log for each request, under a number that every other line of it carries."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
# One that a proxy gave is kept when it is no more than a number.
NUMBER = re.compile(r"[0-9a-zA-Z-]{8,64}")
# Asked every few seconds, and never about a person.
UNTOLD = frozenset({"healthz", "readyz"})

log = structlog.get_logger("flsf.web")


class RequestLog:
    """Outermost, so that it times everything. The page is told by its name: an address
    carries references, and its query carries what people typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        number = given if NUMBER.fullmatch(given) else uuid4().hex
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self._get_response(request)
            response[HEADER] = number
            page = request.resolver_match.url_name if request.resolver_match else None
            if page not in UNTOLD:
                log.info(
                    "page",
                    page=page or "no-such-page",
                    method=request.method,
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - began) * 1000),
                    user_id=_user_id(request),
                )
        return response


def _user_id(request: HttpRequest) -> int | None:
    """Who asked, if the page asked who they are; else it stays unread."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user else None
