"""Which framework somebody who is not known yet would join."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from flsf.mandate.framework import queries as framework
from flsf.web.access import found
from flsf.web.components import asking

NAME = "framework"
KEPT = "join-framework"


def named(request: HttpRequest, every: list[Any]) -> Any:
    """The one that the address names, or the only one there is; None: one is to be chosen.

    Not found where it names one that asks nothing today.
    """
    if ref := request.GET.get(NAME, ""):
        return found(next((one for one in every if one.ref == ref), None))
    return every[0] if len(every) == 1 else None


def kept(request: HttpRequest, today: date) -> Any:
    """The one named, or chosen before in this session; None: one is to be chosen, or there is none.

    One that does not ask any more today is forgotten.
    """
    every = asking.frameworks(today)
    one = named(request, every)
    if one is None:
        before = request.session.get(KEPT)
        return next((each for each in every if each.ref == before), None)
    if len(every) > 1:
        request.session[KEPT] = one.ref
    return one


def of_link(ref: str, today: date) -> Any:
    """The framework that a link begins an application to; None: it has ended."""
    if not ref:
        return framework.current(today)
    return next((one for one in framework.running(today) if one.ref == ref), None)
