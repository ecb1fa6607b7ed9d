"""A demonstration may pretend that it is a later day. Nowhere else is there such a switch.

The pretended days ahead are kept in the visitor's session, so that two who look around at
once do not move each other's clock. Pages read the clock through core.clock, which this moves.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from flsf.core import clock

KEY = "days-ahead"
MOST_DAYS_AHEAD = 400


class DemoClock:
    """For whoever pretends, it is as many days later while the page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        # Also where settings were put together wrongly: a real council's clock is the clock.
        if not settings.FLSF_DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ahead = days_ahead(request)
        if not ahead:
            return self.get_response(request)
        with clock.stopped_at(clock.now() + timedelta(days=ahead)):
            response = self.get_response(request)
        # Who signs out, or becomes somebody else, begins with an empty session; the day goes on.
        if KEY not in request.session:
            keep(request, ahead)
        return response


def days_ahead(request: HttpRequest) -> int:
    """How many days later the visitor pretends it is."""
    session = getattr(request, "session", None)  # a page of error may come before there is one
    kept = session.get(KEY, 0) if session is not None else 0
    return kept if isinstance(kept, int) and 0 <= kept <= MOST_DAYS_AHEAD else 0


def pretend(request: HttpRequest, day: date, *, today: date) -> None:
    """From the next page on it is that day; the real day ends the pretence."""
    keep(request, (day - today).days)


def keep(request: HttpRequest, ahead: int) -> None:
    """So many days ahead from the next page on."""
    if ahead or KEY in request.session:
        request.session[KEY] = max(0, ahead)
