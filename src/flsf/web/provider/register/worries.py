"""A worry that a worker began to tell us: it stays in sight until it is told or handed over."""

from django.http import HttpRequest
from django.urls import reverse

KEY = "unfinished-worries"


def begin(request: HttpRequest, ref: str, session: str) -> None:
    """The worker said that they are worried; every page of the register reminds them."""
    begun = [one for one in request.session.get(KEY, []) if one != [ref, session]]
    request.session[KEY] = [*begun, [ref, session]]


def finish(request: HttpRequest, ref: str, session: str) -> None:
    """It has been told, or handed over to somebody by name."""
    request.session[KEY] = [one for one in request.session.get(KEY, []) if one != [ref, session]]


def unfinished(request: HttpRequest) -> list[dict[str, str]]:
    """The addresses where each is to be finished."""
    return [
        {
            "ref": ref,
            "href": reverse("session-worry", kwargs={"ref": ref, "session": session}),
        }
        for ref, session in request.session.get(KEY, [])
    ]
