"""What goes before and after every page, whoever wrote it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase

NUL = "\0"


class PrivatePages:
    """A page made for somebody is kept by no browser, proxy or shared computer.

    After signing out, "back" must not show the last child's record again. A page that says
    itself how long it may be kept is left as it is. Stands just after the session's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if request.session.accessed and not request.session.is_empty():
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, captured: Mapping[str, Any]
    ) -> None:
        """No reference and no filter holds a character that PostgreSQL cannot be asked about."""
        if any(NUL in part for part in captured.values() if isinstance(part, str)):
            raise Http404
        if any(NUL in one for name, given in request.GET.lists() for one in (name, *given)):
            raise BadRequest("No page is asked for with such a character.")
