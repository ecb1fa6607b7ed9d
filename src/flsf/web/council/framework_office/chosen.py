"""Which framework a page is about: the one its address names, or else the one that runs today."""

from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.web.access import found


def named(query: QueryDict, person: Person, today: date) -> Any:
    """The framework, or None where none is named and none runs."""
    if ref := query.get("framework", ""):
        return found(framework.with_ref(ref, person=person))
    return framework.current(today)


def chosen(request: HttpRequest, person: Person, today: date) -> Any:
    """The framework; not found where there is none."""
    return found(named(request.GET, person, today))


def address(name: str, one: Any, **captured: Any) -> str:
    """A page of that framework's."""
    return f"{reverse(name, kwargs=captured)}?framework={one.ref}"
